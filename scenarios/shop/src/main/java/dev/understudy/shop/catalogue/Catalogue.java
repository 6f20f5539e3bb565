package dev.understudy.shop.catalogue;

import dev.understudy.shop.service.Call;
import dev.understudy.shop.service.Database;
import dev.understudy.shop.service.HttpService;
import dev.understudy.shop.service.Json;
import dev.understudy.shop.service.Log;
import dev.understudy.shop.service.Refusal;
import dev.understudy.shop.service.Reply;
import dev.understudy.shop.service.Settings;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the shop sells. Version 1.1 tells one thing more than 1.0: whether a product is in stock.
///
/// `GET /products`, `GET /products/#`, `POST /admin/warm`, `GET /health`. Environment: `PORT`, `DB`.
public final class Catalogue {
    private static final int THREADS = 32;
    private static final int CONNECTIONS = 4;
    private static final long ALL = 0;
    private static final String SELECT = "SELECT id, name, cents, stock > 0 AS in_stock FROM product";
    private static final long MILLIS_BETWEEN_WARM_UPS = 50;

    private final Database database;
    private final boolean tellsStock;

    Catalogue(Database database, boolean tellsStock) {
        this.database = database;
        this.tellsStock = tellsStock;
    }

    /// Runs version `1.0` or `1.1`, as the first argument says.
    public static void main(String[] arguments) throws IOException {
        String version = arguments.length == 1 ? arguments[0] : "";
        if (!version.equals("1.0") && !version.equals("1.1")) {
            throw new IllegalArgumentException("the version has to be 1.0 or 1.1, not '" + version + "'");
        }
        Settings settings = Settings.ofProcess();
        Catalogue catalogue = new Catalogue(new Database(settings.text("DB"), CONNECTIONS), version.equals("1.1"));
        HttpService.start(new Log("catalogue " + version), settings.listen(), THREADS, catalogue::answer);
    }

    Reply answer(Call call) throws SQLException, InterruptedException {
        return switch (call.route()) {
            case "GET /products" -> Reply.json(200, Json.object("products", products(ALL)));
            case "GET /products/#" -> product(call.id());
            case "POST /admin/warm" -> warm();
            case "GET /health" -> healthy();
            default -> throw new Refusal(404, "nothing at " + call.route());
        };
    }

    private Reply product(long id) throws SQLException {
        List<Map<String, Object>> found = products(id);
        if (found.isEmpty()) {
            throw new Refusal(404, "no product " + id);
        }
        return Reply.json(200, found.get(0));
    }

    /// Reads every product once, so that neither this process nor the database is cold when customers come
    /// back. Slowly: customers elsewhere in the shop need the database too.
    private Reply warm() throws SQLException, InterruptedException {
        List<Map<String, Object>> all = products(ALL);
        for (Map<String, Object> product : all) {
            products(((Number) product.getOrDefault("id", ALL)).longValue());
            Thread.sleep(MILLIS_BETWEEN_WARM_UPS);
        }
        return Reply.json(200, Json.object("warmed", all.size()));
    }

    private Reply healthy() throws SQLException {
        database.check();
        return Reply.json(200, Json.object("status", "up"));
    }

    private List<Map<String, Object>> products(long idOrAll) throws SQLException {
        String which = idOrAll == ALL ? " ORDER BY id" : " WHERE id = ?";
        return database.run(connection -> {
            try (var statement = connection.prepareStatement(SELECT + which)) {
                if (idOrAll != ALL) {
                    statement.setLong(1, idOrAll);
                }
                List<Map<String, Object>> products = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        products.add(product(rows));
                    }
                }
                return products;
            }
        });
    }

    private Map<String, Object> product(ResultSet row) throws SQLException {
        Map<String, Object> product =
                Json.object("id", row.getInt("id"), "name", row.getString("name"), "cents", row.getInt("cents"));
        if (tellsStock) {
            product.put("inStock", row.getBoolean("in_stock"));
        }
        return product;
    }
}
