package dev.understudy.shop.orders;

import dev.understudy.shop.service.Call;
import dev.understudy.shop.service.HttpCaller;
import dev.understudy.shop.service.Json;
import dev.understudy.shop.service.Log;
import dev.understudy.shop.service.Reply;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Asks payments, and doesn't let an order wait for the answer longer than `patience`. What payments didn't
/// say in time is `pending`: payments has the reference and settles it with the customer by itself.
final class PaymentsClient {
    private final HttpCaller payments;
    private final Optional<Duration> patience;
    private final Log log;

    PaymentsClient(HttpCaller payments, Optional<Duration> patience, Log log) {
        this.payments = payments;
        this.patience = patience;
        this.log = log;
    }

    /// `authorised`, `declined` or `pending`.
    String authorise(Order order) {
        return ask("/authorise", order);
    }

    /// `captured`, `declined` or `pending`.
    String capture(Order order) {
        return ask("/capture", order);
    }

    private String ask(String path, Order order) {
        Call call = Call.post(path, Map.of(), Json.object("reference", order.reference(), "cents", order.cents()));
        try {
            Reply reply = payments.send(call, patience);
            return reply.isSuccess() ? reply.json().text("decision") : "pending";
        } catch (SocketTimeoutException e) {
            return "pending";
        } catch (IOException e) {
            log.error("payments" + path, e);
            return "pending";
        }
    }
}
