package dev.understudy.shop.gateway;

import dev.understudy.shop.service.Database;
import dev.understudy.shop.service.Refusal;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who is signed in: random tokens in the table `session`, the recently used ones in memory too. Safe for any
/// number of threads.
final class Sessions {
    private static final int MOST_REMEMBERED = 5_000;

    private final Database database;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Integer> customers = new ConcurrentHashMap<>();

    Sessions(Database database) {
        this.database = database;
    }

    /// Signs a customer in and returns the new session's token. @throws Refusal 403 if there is no such
    /// customer
    String open(long customer) throws SQLException {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        String sql = "INSERT INTO session (token, customer) SELECT ?, id FROM customer WHERE id = ?";
        int opened = database.run(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setString(1, token);
                statement.setLong(2, customer);
                return statement.executeUpdate();
            }
        });
        if (opened == 0) {
            throw new Refusal(403, "no customer " + customer);
        }
        remember(token, (int) customer);
        return token;
    }

    /// Whose session it is; empty if it is nobody's.
    Optional<Integer> customer(String token) throws SQLException {
        Integer known = customers.get(token);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Integer> stored = database.run(connection -> {
            try (var statement = connection.prepareStatement("SELECT customer FROM session WHERE token = ?")) {
                statement.setString(1, token);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
                }
            }
        });
        stored.ifPresent(customer -> remember(token, customer));
        return stored;
    }

    private void remember(String token, int customer) {
        if (customers.size() >= MOST_REMEMBERED) {
            customers.clear();
        }
        customers.put(token, customer);
    }
}
