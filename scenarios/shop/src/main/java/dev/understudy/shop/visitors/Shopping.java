package dev.understudy.shop.visitors;

import dev.understudy.shop.service.Json;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// What the steps of a visit are as requests to the shop.
final class Shopping {
    private Shopping() {}

    /// The path of a step; `order` is the order made last.
    static String path(Visit.Step step, long order) {
        return switch (step.action()) {
            case "products" -> "/products";
            case "product" -> "/products/" + step.detail();
            case "list", "order" -> "/orders";
            case "read" -> "/orders/" + order;
            case "note", "pay", "cancel" -> "/orders/" + order + "/" + step.action();
            case "invoice" -> "/orders/" + order + "/pay";
            default -> throw new IllegalArgumentException("no such step: " + step);
        };
    }

    /// The body of a step, if it has one; `basket` names an order to be made.
    static Optional<Map<String, Object>> body(Visit.Step step, String basket) {
        return switch (step.action()) {
            case "order" -> Optional.of(Json.object("basket", basket, "items", items(step), "channel", "web"));
            case "note" -> Optional.of(Json.object("note", step.detail()));
            case "invoice" -> Optional.of(Json.object("invoice", true));
            case "pay", "cancel" -> Optional.of(Json.object());
            default -> Optional.empty();
        };
    }

    private static Object items(Visit.Step step) {
        return Arrays.stream(step.detail().split(","))
                .map(item -> item.split("x"))
                .map(item -> Json.object("product", Long.valueOf(item[0]), "quantity", Long.valueOf(item[1])))
                .toList();
    }
}
