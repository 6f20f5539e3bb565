package dev.understudy.shop.orders;

import dev.understudy.shop.service.JsonObject;
import dev.understudy.shop.service.Refusal;
import java.util.Comparator;
import java.util.List;

/// What a customer asks for.
///
/// @param basket chosen by the customer's browser: sending one basket twice makes one order
/// @param items in the order of their products, so that two orders never wait for each other's rows
/// @param channel where it comes from, `""` if unsaid; only 2.0-good keeps it
record NewOrder(int customer, String basket, List<Item> items, String channel) {
    private static final int MOST_ITEMS = 20;

    /// Reads and checks a request. @throws Refusal 400 saying what is wrong
    static NewOrder of(int customer, JsonObject request) {
        String basket = request.text("basket");
        if (!basket.matches("[A-Za-z0-9-]{1,64}")) {
            throw new Refusal(400, "'basket' has to be 1 to 64 letters, digits and '-', not '" + basket + "'");
        }
        List<Item> items = ItemsFormat.fromJson(request).stream()
                .sorted(Comparator.comparingInt(Item::product))
                .toList();
        if (items.isEmpty() || items.size() > MOST_ITEMS) {
            throw new Refusal(400, "an order has 1 to " + MOST_ITEMS + " items, not " + items.size());
        }
        return new NewOrder(
                customer, basket, items, request.optionalText("channel").orElse(""));
    }
}
