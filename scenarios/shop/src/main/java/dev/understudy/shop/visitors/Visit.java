package dev.understudy.shop.visitors;

import dev.understudy.shop.service.Json;
import dev.understudy.shop.service.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One visit to the shop, as it was recorded: who, when, and one step after the other.
///
/// @param at when it begins, in milliseconds from the start of the day
/// @param customer 1 to 240
/// @param signsIn whether it begins with signing in; otherwise the customer still has a session
record Visit(long at, int customer, boolean signsIn, List<Step> steps) {

    /// One request of a visit. All but `products`, `product` and `order` are about the order made last.
    ///
    /// @param after milliseconds since the answer before, for reading and thinking
    /// @param action `products`, `product`, `list`, `read`, `order`, `note`, `pay`, `invoice` (pays too),
    ///     `cancel`
    /// @param detail a product's number, the items of an order as `7x2,13x1`, or a note
    record Step(long after, String action, String detail) {
        /// Whether it changes something.
        boolean isWrite() {
            return switch (action) {
                case "products", "product", "list", "read" -> false;
                default -> true;
            };
        }

        private String toText() {
            return (after + " " + action + " " + detail).strip();
        }

        private static Step of(String text) {
            String[] parts = text.split(" ", 3);
            return new Step(Long.parseLong(parts[0]), parts[1], parts.length > 2 ? parts[2] : "");
        }
    }

    Visit {
        steps = List.copyOf(steps);
    }

    /// How many requests it makes.
    int requests() {
        return steps.size() + (signsIn ? 1 : 0);
    }

    /// One line of a recorded day.
    String toLine() {
        return Json.write(Json.object(
                "at", at,
                "customer", customer,
                "signsIn", signsIn,
                "steps", steps.stream().map(Step::toText).toList()));
    }

    /// A visit from a line of a recorded day.
    static Visit ofLine(String line) {
        JsonObject visit = JsonObject.of(line.getBytes(StandardCharsets.UTF_8));
        return new Visit(
                visit.number("at", Long.MAX_VALUE),
                (int) visit.number("customer", Integer.MAX_VALUE),
                visit.flag("signsIn"),
                visit.texts("steps").stream().map(Step::of).toList());
    }
}
