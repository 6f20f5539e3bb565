package dev.understudy.runtime.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the services of the sample shop do. `orders` exists in several versions, which differ in whether they
/// wait for payments for ever, whether they write a channel, and how they write an amount.
final class SampleShop {
    static final Duration PATIENCE_WITH_PAYMENTS = Duration.ofMillis(150);

    private static final String DRAINED = "drained";
    private static final String PLACED = "orders_placed_total";
    private static final String IN_FLIGHT = "orders_in_flight";

    private SampleShop() {}

    static Tables database() {
        Tables tables = new Tables()
                .create("products", "id", "name", "price")
                .create("orders", "id", "product:products.id", "amount", "customer");
        for (int i = 1; i <= 20; i++) {
            tables.table("products").put(Map.of("id", "p" + i, "name", "Product " + i, "price", (i * 5) + ".00"));
        }
        return tables;
    }

    static Reply gateway(Call call) {
        call.work();
        return switch (call.route()) {
            case "GET /health" -> Reply.of(200);
            case "POST /admin/drain" -> drain(call, true);
            case "POST /admin/undrain" -> drain(call, false);
            case "GET /products" -> welcome(call, Reply.passOn(call.passOnTo("catalogue")));
            default -> {
                boolean refused =
                        call.memory().containsKey(DRAINED) && !call.request().isSafe();
                yield welcome(call, refused ? Reply.of(503) : Reply.passOn(call.passOnTo("orders")));
            }
        };
    }

    private static Reply drain(Call call, boolean drained) {
        if (drained) {
            call.memory().put(DRAINED, true);
        } else {
            call.memory().remove(DRAINED);
        }
        return Reply.of(200);
    }

    private static Reply welcome(Call call, Reply reply) {
        return call.cookie("session").isPresent()
                ? reply
                : reply.with("Set-Cookie", "session=s" + call.next("session") + "; Path=/; HttpOnly");
    }

    static Reply catalogue(Call call) {
        call.work();
        if (call.route().equals("GET /health")) {
            return Reply.of(200);
        }
        List<String> names = call.on(
                "db",
                tables -> tables.table("products").rows().stream()
                        .map(row -> row.get("name"))
                        .toList());
        return Reply.json(200, Map.of("products", names));
    }

    static Reply payments(Call call) {
        call.work();
        return call.route().equals("GET /health") ? Reply.of(200) : Reply.json(200, Map.of("payment", "authorised"));
    }

    /// One version of orders.
    ///
    /// @param patience how long it waits for payments; absent: for ever
    /// @param channel whether it writes the channel, for which the database needs a column
    /// @param currency put before amounts; with any, a version that writes none can't read them
    record Orders(Optional<Duration> patience, boolean channel, String currency) implements Behaviour {

        @Override
        public Reply serve(Call call) {
            call.work();
            if (call.route().equals("GET /health")) {
                return Reply.of(200);
            }
            if (call.route().equals("GET /metrics")) {
                return metrics(call);
            }
            if (call.route().equals("POST /orders")) {
                count(call, IN_FLIGHT, 1);
                try {
                    return place(call);
                } finally {
                    count(call, IN_FLIGHT, -1);
                    count(call, PLACED, 1);
                }
            }
            return call.route().startsWith("GET /orders/") ? read(call) : Reply.of(404);
        }

        private static void count(Call call, String what, int more) {
            call.memory().merge(what, more, (before, now) -> (Integer) before + (Integer) now);
        }

        /// What a monitoring system would scrape.
        private static Reply metrics(Call call) {
            return new Reply(
                    200,
                    List.of(),
                    "# TYPE orders_placed_total counter\n" + PLACED + " "
                            + call.memory().getOrDefault(PLACED, 0) + "\n# TYPE orders_in_flight gauge\n" + IN_FLIGHT
                            + " "
                            + call.memory().getOrDefault(IN_FLIGHT, 0) + "\n");
        }

        private Reply place(Call call) {
            JsonNode wanted = call.json();
            Request payment = new Request(
                    "payments", "POST", "/payments", List.of(), call.request().body());
            Answer paid = patience.map(time -> call.call(payment, time)).orElseGet(() -> call.call(payment));
            Map<String, String> row = new LinkedHashMap<>();
            row.put("id", Long.toString(call.next("orders")));
            row.put("product", wanted.path("product").asString("p1"));
            row.put("amount", currency + wanted.path("amount").asString("0"));
            row.put("customer", wanted.path("customer").asString(""));
            if (channel) {
                row.put("channel", "web");
            }
            call.on("db", tables -> {
                tables.table("orders").put(row);
                return row;
            });
            Map<String, String> reply = new LinkedHashMap<>(row);
            reply.remove("channel");
            reply.put("amount", wanted.path("amount").asString("0"));
            reply.put("payment", paid.isAcknowledged() ? "authorised" : "pending");
            return Reply.json(201, reply).with("Location", "/orders/" + row.get("id"));
        }

        private Reply read(Call call) {
            Optional<Map<String, String>> found =
                    call.on("db", tables -> tables.table("orders").find(call.lastSegment()));
            if (found.isEmpty()) {
                return Reply.of(404);
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (String column : List.of("id", "product", "amount", "customer")) {
                row.put(column, found.get().getOrDefault(column, ""));
            }
            row.put("amount", amount(row.getOrDefault("amount", "")));
            return Reply.json(200, row);
        }

        private String amount(String written) {
            String number = !currency.isEmpty() && written.startsWith(currency)
                    ? written.substring(currency.length())
                    : written;
            if (!number.matches("[0-9.]+")) {
                throw new IllegalStateException("can't read the amount '" + written + "'");
            }
            return number;
        }
    }

    /// Looks at products, orders now and then, and looks at own orders again.
    static Request visit(Visitor.Visit visit) {
        double dice = visit.chance().nextDouble();
        if (dice < 0.35 && !visit.created().isEmpty()) {
            int which = visit.chance().nextInt(visit.created().size());
            return Request.get("gateway", "/orders/" + visit.created().get(which));
        }
        if (dice < 0.7) {
            return Request.get("gateway", "/products");
        }
        String body = "{\"product\":\"p" + (1 + visit.chance().nextInt(20)) + "\",\"amount\":\""
                + (1 + visit.chance().nextInt(99)) + ".00\",\"customer\":\"c"
                + visit.chance().nextInt(1_000_000) + "\"}";
        return new Request(
                "gateway",
                "POST",
                "/orders",
                List.of(new Request.Header("Content-Type", "application/json")),
                body.getBytes(UTF_8));
    }
}
