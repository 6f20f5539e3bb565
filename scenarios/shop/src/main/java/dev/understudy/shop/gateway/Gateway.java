package dev.understudy.shop.gateway;

import dev.understudy.shop.service.Call;
import dev.understudy.shop.service.Database;
import dev.understudy.shop.service.HttpCaller;
import dev.understudy.shop.service.HttpService;
import dev.understudy.shop.service.Json;
import dev.understudy.shop.service.Log;
import dev.understudy.shop.service.Refusal;
import dev.understudy.shop.service.Reply;
import dev.understudy.shop.service.Settings;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The door of the shop.
///
/// `POST /login` signs a customer in (cookie `session`); `/products…` goes to the catalogue; `/orders…` goes to
/// orders for whoever the cookie belongs to. `POST /admin/drain` makes it refuse new writes to orders with 503
/// until `POST /admin/undrain`; reads pass. `GET /health`.
/// Environment: `PORT`, `DB`, `CATALOGUE`, `ORDERS`.
public final class Gateway {
    private static final int THREADS = 128;
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "cookie",
            "customer");

    private final Database database;
    private final Sessions sessions;
    private final HttpCaller catalogue;
    private final HttpCaller orders;
    private volatile boolean drained;

    Gateway(Database database, HttpCaller catalogue, HttpCaller orders) {
        this.database = database;
        this.sessions = new Sessions(database);
        this.catalogue = catalogue;
        this.orders = orders;
    }

    /// Runs it.
    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.ofProcess();
        Gateway gateway = new Gateway(
                new Database(settings.text("DB"), CONNECTIONS),
                HttpCaller.of(settings.text("CATALOGUE")),
                HttpCaller.of(settings.text("ORDERS")));
        HttpService.start(new Log("gateway 1.0"), settings.listen(), THREADS, gateway::answer);
    }

    Reply answer(Call call) throws SQLException {
        return switch (call.route()) {
            case "GET /products", "GET /products/#" -> pass(call, catalogue, Map.of());
            case "POST /login" -> signIn(call.json().number("customer", Integer.MAX_VALUE));
            case "POST /admin/drain" -> drain(true);
            case "POST /admin/undrain" -> drain(false);
            case "GET /health" -> healthy();
            default -> toOrders(call);
        };
    }

    private Reply toOrders(Call call) throws SQLException {
        if (!call.route().matches("\\w+ /orders(/.*)?")) {
            throw new Refusal(404, "nothing at " + call.route());
        }
        if (drained && !call.method().equals("GET")) {
            return new Refusal(503, "closed for maintenance").reply().with("retry-after", "2");
        }
        String token = call.cookie("session").orElseThrow(() -> new Refusal(401, "not signed in"));
        int customer = sessions.customer(token).orElseThrow(() -> new Refusal(401, "no such session"));
        return pass(call, orders, Map.of("customer", Integer.toString(customer)));
    }

    private Reply signIn(long customer) throws SQLException {
        String cookie = "session=" + sessions.open(customer) + "; Path=/; HttpOnly";
        return Reply.json(200, Json.object("customer", customer)).with("set-cookie", cookie);
    }

    private Reply drain(boolean wanted) {
        drained = wanted;
        return Reply.json(200, Json.object("drained", wanted));
    }

    private Reply healthy() throws SQLException {
        database.check();
        return Reply.json(200, Json.object("status", "up", "drained", drained));
    }

    private static Reply pass(Call call, HttpCaller to, Map<String, String> added) {
        Map<String, String> headers = new TreeMap<>(call.headers());
        headers.keySet().removeAll(NOT_PASSED_ON);
        headers.putAll(added);
        try {
            return to.send(new Call(call.method(), call.path(), headers, call.body()), Optional.of(PATIENCE));
        } catch (SocketTimeoutException e) {
            throw new Refusal(504, call.route() + " took longer than " + PATIENCE);
        } catch (IOException e) {
            throw new Refusal(502, call.route() + ": " + e.getMessage());
        }
    }
}
