package dev.understudy.shop.orders;

import dev.understudy.shop.service.Json;
import dev.understudy.shop.service.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// How items stand in the column `orders.items`.
interface ItemsFormat {
    /// The text for these items.
    String write(List<Item> items);

    /// The items of a text. @throws IllegalArgumentException if it can't be read
    List<Item> read(String text);

    /// Since 1.0: `7x2,13x1`.
    final class Short implements ItemsFormat {
        @Override
        public String write(List<Item> items) {
            return String.join(
                    ",",
                    items.stream()
                            .map(item -> item.product() + "x" + item.quantity())
                            .toList());
        }

        @Override
        public List<Item> read(String text) {
            return Arrays.stream(text.split(",")).map(Short::item).toList();
        }

        private static Item item(String text) {
            String[] parts = text.split("x");
            if (parts.length != 2) {
                throw new IllegalArgumentException("can't read the item '" + text + "'");
            }
            return new Item(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
    }

    /// Since 2.0-unreadable: `{"items":[{"product":7,"quantity":2}]}`. It reads what 1.0 wrote; 1.0 can't read
    /// this.
    final class AsJson implements ItemsFormat {
        private final ItemsFormat before = new Short();

        @Override
        public String write(List<Item> items) {
            return Json.write(Json.object("items", toJson(items)));
        }

        @Override
        public List<Item> read(String text) {
            return text.startsWith("{") ? fromJson(Json.parse(text)) : before.read(text);
        }

        @SuppressWarnings("unchecked")
        private static List<Item> fromJson(Object json) {
            return ItemsFormat.fromJson(new JsonObject((Map<String, Object>) json));
        }
    }

    /// Items as a JSON value.
    static List<Map<String, Object>> toJson(List<Item> items) {
        return items.stream()
                .map(item -> Json.object("product", item.product(), "quantity", item.quantity()))
                .toList();
    }

    /// The items in the list `items`.
    static List<Item> fromJson(JsonObject object) {
        return object.objects("items").stream()
                .map(item -> new Item((int) item.number("product", 1_000_000), (int) item.number("quantity", 100)))
                .toList();
    }
}
