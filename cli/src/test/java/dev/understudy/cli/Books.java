package dev.understudy.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real small service that migrates its own database when it starts, as one with Flyway inside does: 2.0 adds a
/// column, 3.0 renames one. Run in a process of its own, never by a test's.
final class Books {
    private static final Pattern BOOK = Pattern.compile("\\{\"key\": \"([a-z0-9-]+)\", \"title\": \"([^\"]*)\"}");

    private final String version;
    private final String title;
    private final Connection connection;

    private Books(String version, Connection connection) {
        this.version = version;
        this.title = version.equals("3.0") ? "name" : "title";
        this.connection = connection;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        Books books = new Books(arguments[0], DriverManager.getConnection(System.getenv("DB")));
        books.migrate();
        books.query("SELECT key, " + books.title + " FROM book LIMIT 0");
        HttpServer server =
                HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 100);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", books::handle);
        server.start();
        System.out.println("books " + books.version + " listens");
    }

    private void migrate() throws SQLException {
        switch (version) {
            case "2.0" -> apply(2, "length", "ALTER TABLE book ADD COLUMN length int");
            case "3.0" -> apply(3, "name", "ALTER TABLE book RENAME COLUMN title TO name");
            default -> System.out.println("nothing to migrate");
        }
    }

    private void apply(int number, String description, String sql) throws SQLException {
        if (!query("SELECT 1 FROM flyway_schema_history WHERE version = '" + number + "'")
                .isEmpty()) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            statement.execute("INSERT INTO flyway_schema_history VALUES (" + number + ", '" + number + "', '"
                    + description + "', " + number * 17 + ", 'books', now(), true)");
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try {
            if (path.equals("/health")) {
                answer(exchange, 200, "{}");
            } else if (exchange.getRequestMethod().equals("POST")) {
                add(exchange);
            } else {
                read(exchange, path.substring(path.lastIndexOf('/') + 1));
            }
        } catch (SQLException e) {
            System.out.println(e.getMessage());
            answer(exchange, 500, "{}");
        }
    }

    private void add(HttpExchange exchange) throws IOException, SQLException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher book = BOOK.matcher(body);
        if (!book.matches()) {
            answer(exchange, 400, "{}");
            return;
        }
        String more = version.equals("2.0") ? ", length" : "";
        String sql = "INSERT INTO book (key, " + title + more + ") VALUES (?, ?" + (more.isEmpty() ? "" : ", ?") + ")";
        synchronized (connection) {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, book.group(1));
                insert.setString(2, book.group(2));
                if (!more.isEmpty()) {
                    insert.setInt(3, book.group(2).length());
                }
                insert.executeUpdate();
            }
        }
        answer(exchange, 201, body);
    }

    private void read(HttpExchange exchange, String key) throws IOException, SQLException {
        String found = query("SELECT " + title + " FROM book WHERE key = '" + key + "'");
        boolean isThere = !found.isEmpty();
        answer(
                exchange,
                isThere ? 200 : 404,
                isThere ? "{\"key\": \"" + key + "\", \"title\": \"" + found + "\"}" : "{}");
    }

    private String query(String sql) throws SQLException {
        synchronized (connection) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
