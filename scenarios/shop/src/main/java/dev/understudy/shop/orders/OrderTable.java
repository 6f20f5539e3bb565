package dev.understudy.shop.orders;

import dev.understudy.shop.service.Database;
import dev.understudy.shop.service.Json;
import dev.understudy.shop.service.Refusal;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The table `orders` as 1.0 uses it, and the stock it takes from. Later releases override what they do
/// differently. Every statement names its columns, so that a wider table changes nothing. Safe for any number
/// of threads.
class OrderTable {
    private static final int MOST_LISTED = 20;

    private final Database database;
    private final ItemsFormat format;
    private final SecureRandom random = new SecureRandom();

    OrderTable(Database database) {
        this(database, new ItemsFormat.Short());
    }

    OrderTable(Database database, ItemsFormat format) {
        this.database = database;
        this.format = format;
    }

    /// Takes the stock and stores the order, both or neither; empty if the basket has been ordered before.
    ///
    /// @throws Refusal 409 if a product is unknown or sold out
    final Optional<Order> create(NewOrder order) throws SQLException {
        String reference = new BigInteger(60, random).toString(36).toUpperCase(Locale.ROOT);
        Optional<Long> id = database.inTransaction(connection -> {
            if (idOf(connection, order).isPresent()) {
                return Optional.<Long>empty();
            }
            int cents = 0;
            for (Item item : order.items()) {
                cents += takeStock(connection, item);
            }
            return Optional.of(insert(connection, order, reference, cents));
        });
        return id.isPresent() ? find(id.get(), order.customer()) : Optional.empty();
    }

    /// The order made from a basket.
    final Optional<Order> findByBasket(NewOrder order) throws SQLException {
        Optional<Long> id = database.run(connection -> idOf(connection, order));
        return id.isPresent() ? find(id.get(), order.customer()) : Optional.empty();
    }

    /// The customer's order of that id. @throws IllegalArgumentException if its items can't be read
    final Optional<Order> find(long id, int customer) throws SQLException {
        String sql = "SELECT o.id, o.reference, o.basket, o.customer, o.items, o.cents, o.state, o.created_at, "
                + selected() + " WHERE o.id = ? AND o.customer = ?";
        return database.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, id);
                statement.setInt(2, customer);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(order(row)) : Optional.empty();
                }
            }
        });
    }

    /// The customer's latest orders, newest first, in short.
    final List<Map<String, Object>> list(int customer) throws SQLException {
        String sql = "SELECT id, reference, cents, state FROM orders WHERE customer = ? ORDER BY id DESC LIMIT ?";
        return database.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(1, customer);
                statement.setInt(2, MOST_LISTED);
                List<Map<String, Object>> orders = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        orders.add(Json.object(
                                "id", row.getLong("id"),
                                "reference", row.getString("reference"),
                                "cents", row.getInt("cents"),
                                "state", row.getString("state")));
                    }
                }
                return orders;
            }
        });
    }

    /// Replaces the note of an order.
    final void note(long id, String note) throws SQLException {
        database.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(noteStatement())) {
                statement.setString(1, note);
                statement.setLong(2, id);
                return statement.executeUpdate();
            }
        });
    }

    /// Moves an open order to another state; false if it was not open.
    final boolean close(Order order, String state) throws SQLException {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("UPDATE orders SET state = ? WHERE id = ? AND state = 'open'")) {
                statement.setString(1, state);
                statement.setLong(2, order.id());
                if (statement.executeUpdate() == 0) {
                    return false;
                }
            }
            if (state.equals("cancelled")) {
                for (Item item : order.items()) {
                    takeStock(connection, new Item(item.product(), -item.quantity()));
                }
            }
            return true;
        });
    }

    /// Returns if the database answers. @throws SQLException if it doesn't
    final void check() throws SQLException {
        database.check();
    }

    /// The last columns of a read, `note` among them, and the tables it reads from.
    String selected() {
        return "o.note FROM orders o";
    }

    /// Sets the note, its first parameter, of the order whose id is its second.
    String noteStatement() {
        return "UPDATE orders SET note = ? WHERE id = ?";
    }

    /// Columns over and above those of 1.0, and what they get.
    Map<String, Object> extraColumns(NewOrder order) {
        return Map.of();
    }

    /// What is shown over and above 1.0.
    Map<String, Object> extra(ResultSet row) throws SQLException {
        return Map.of();
    }

    private long insert(Connection connection, NewOrder order, String reference, int cents) throws SQLException {
        Map<String, Object> extra = extraColumns(order);
        String sql = "INSERT INTO orders (reference, basket, customer, items, cents"
                + extra.keySet().stream().map(column -> ", " + column).reduce("", String::concat)
                + ") VALUES (?, ?, ?, ?, ?" + ", ?".repeat(extra.size()) + ") RETURNING id";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, reference);
            statement.setString(2, order.basket());
            statement.setInt(3, order.customer());
            statement.setString(4, format.write(order.items()));
            statement.setInt(5, cents);
            int next = 6;
            for (Object value : extra.values()) {
                statement.setObject(next++, value);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /// Subtracts, never sets: orders may come in any order and the stock is the same. Returns the price of the
    /// item.
    private static int takeStock(Connection connection, Item item) throws SQLException {
        String sql = "UPDATE product SET stock = stock - ? WHERE id = ? AND stock >= ? RETURNING cents";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, item.quantity());
            statement.setInt(2, item.product());
            statement.setInt(3, item.quantity());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new Refusal(409, "product " + item.product() + " is unknown or sold out");
                }
                return item.quantity() * row.getInt(1);
            }
        }
    }

    private static Optional<Long> idOf(Connection connection, NewOrder order) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id FROM orders WHERE basket = ? AND customer = ?")) {
            statement.setString(1, order.basket());
            statement.setInt(2, order.customer());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private Order order(ResultSet row) throws SQLException {
        return new Order(
                row.getLong("id"),
                row.getString("reference"),
                row.getString("basket"),
                row.getInt("customer"),
                format.read(row.getString("items")),
                row.getInt("cents"),
                row.getString("state"),
                row.getString("note"),
                row.getTimestamp("created_at").toInstant(),
                extra(row));
    }
}
