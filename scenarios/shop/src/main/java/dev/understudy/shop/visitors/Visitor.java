package dev.understudy.shop.visitors;

import dev.understudy.shop.service.Call;
import dev.understudy.shop.service.HttpCaller;
import dev.understudy.shop.service.Json;
import dev.understudy.shop.service.Log;
import dev.understudy.shop.service.Refusal;
import dev.understudy.shop.service.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// One visitor on one visit, with a connection and a cookie of its own, like a browser. For one thread.
final class Visitor {
    private static final Optional<Duration> PATIENCE = Optional.of(Duration.ofSeconds(20));

    private final Visit visit;
    private final String basket;
    private final HttpCaller shop;
    private final Tally tally;
    private final Log log;
    private String cookie;
    private long order;
    private String reference = "";

    /// `basket` makes this visit's orders different from those of every other.
    Visitor(Visit visit, String basket, HttpCaller shop, Tally tally, Log log) {
        this.visit = visit;
        this.basket = basket;
        this.shop = shop;
        this.tally = tally;
        this.log = log;
        this.cookie = visit.signsIn() ? "" : "session=" + Capture.token(visit.customer());
    }

    /// Goes through the visit, or until `leaving`; after a failure the visitor leaves, as real ones do.
    void shop(BooleanSupplier leaving) throws InterruptedException {
        boolean content = !visit.signsIn() || send(login());
        for (int i = 0; content && i < visit.steps().size(); i++) {
            Visit.Step step = visit.steps().get(i);
            Thread.sleep(step.after());
            if (leaving.getAsBoolean()) {
                return;
            }
            content = send(call(step, basket + "-" + i));
        }
    }

    private Call login() {
        return Call.post("/login", Map.of(), Json.object("customer", visit.customer()));
    }

    private Call call(Visit.Step step, String newBasket) {
        Map<String, String> headers = Map.of("cookie", cookie);
        String path = Shopping.path(step, order);
        return Shopping.body(step, newBasket)
                .map(body -> Call.post(path, headers, body))
                .orElseGet(() -> Call.get(path, headers));
    }

    private boolean send(Call call) {
        long began = System.nanoTime();
        boolean success = false;
        try {
            Reply reply = shop.send(call, PATIENCE);
            success = reply.isSuccess() && understand(call, reply);
            if (!success) {
                log.say("ERROR " + call.method() + " " + call.path() + " answered " + reply.status());
            }
        } catch (IOException | Refusal e) {
            log.error(call.method() + " " + call.path(), e);
        }
        tally.count(success, System.nanoTime() - began);
        return success;
    }

    /// Keeps what the answer tells for later; false if an order that was made is not the one that is read.
    private boolean understand(Call call, Reply reply) {
        String set = reply.headers().getOrDefault("set-cookie", "");
        if (!set.isEmpty()) {
            cookie = set.split(";")[0];
        }
        if (call.route().equals("POST /orders")) {
            order = reply.json().number("id", Long.MAX_VALUE);
            reference = reply.json().text("reference");
        }
        return !call.route().equals("GET /orders/#")
                || reply.json().text("reference").equals(reference);
    }
}
