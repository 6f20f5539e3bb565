package dev.understudy.shop;

import dev.understudy.shop.service.Call;
import dev.understudy.shop.service.Json;
import dev.understudy.shop.service.JsonObject;
import dev.understudy.shop.service.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// The whole shop, running: a database and a process for each service, and one customer who is signed in.
final class RunningShop implements AutoCloseable {
    private final Path directory;
    final PostgresServer database;
    final ServiceProcess payments;
    final ServiceProcess catalogue;
    final ServiceProcess gateway;
    private ServiceProcess orders;
    private final String cookie;
    private int baskets;

    private RunningShop(Path directory) throws IOException, SQLException {
        this.directory = directory;
        this.database = PostgresServer.startIn(directory);
        database.run(Files.readString(Path.of("db/V1__shop.sql")));
        this.payments = ServiceProcess.start(directory, Map.of(), "dev.understudy.shop.payments.Payments");
        this.catalogue = ServiceProcess.start(
                directory, Map.of("DB", database.url()), "dev.understudy.shop.catalogue.Catalogue", "1.0");
        this.orders = startOrders("1.0", payments.address(), 0);
        this.gateway = ServiceProcess.start(
                directory,
                Map.of("DB", database.url(), "CATALOGUE", catalogue.address(), "ORDERS", orders.address()),
                "dev.understudy.shop.gateway.Gateway");
        Reply login = gateway.send(Call.post("/login", Map.of(), Json.object("customer", 7)));
        this.cookie = login.headers().getOrDefault("set-cookie", "").split(";")[0];
    }

    static RunningShop startIn(Path directory) throws IOException, SQLException {
        return new RunningShop(directory);
    }

    ServiceProcess orders() {
        return orders;
    }

    /// Where orders keeps its invoices.
    Path invoices() {
        return directory.resolve("invoices");
    }

    /// Runs an SQL file of the shop.
    void migrate(String file) throws IOException, SQLException {
        database.run(Files.readString(Path.of("db", file)));
    }

    /// Replaces the running release of orders by another one, which calls payments at `paymentsAddress`.
    void release(String version, String paymentsAddress) throws IOException {
        int port = orders.port();
        orders.close();
        orders = startOrders(version, paymentsAddress, port);
    }

    /// Replaces the running release of orders by another one.
    void release(String version) throws IOException {
        release(version, payments.address());
    }

    Reply get(String path) throws IOException {
        return gateway.send(Call.get(path, Map.of("cookie", cookie)));
    }

    Reply post(String path, Object json) throws IOException {
        return gateway.send(Call.post(path, Map.of("cookie", cookie), json));
    }

    /// Orders two of product 3 from a new basket.
    Reply order() throws IOException {
        return order("basket-" + baskets++);
    }

    /// Orders two of product 3 from that basket.
    Reply order(String basket) throws IOException {
        Object items = List.of(Json.object("product", 3, "quantity", 2));
        return post("/orders", Json.object("basket", basket, "items", items, "channel", "phone"));
    }

    /// Orders and returns the order's id.
    long orderId() throws IOException {
        return order().json().number("id", Long.MAX_VALUE);
    }

    /// The order of that id.
    JsonObject read(long id) throws IOException {
        return get("/orders/" + id).json();
    }

    @Override
    public void close() {
        for (ServiceProcess service : List.of(gateway, orders, catalogue, payments)) {
            service.close();
        }
        database.close();
    }

    private ServiceProcess startOrders(String version, String paymentsAddress, int port) throws IOException {
        return ServiceProcess.start(
                directory,
                Map.of(
                        "PORT", Integer.toString(port),
                        "DB", database.url(),
                        "PAYMENTS", paymentsAddress,
                        "DATA_DIR", invoices().toString()),
                "dev.understudy.shop.orders.Orders",
                version);
    }
}
