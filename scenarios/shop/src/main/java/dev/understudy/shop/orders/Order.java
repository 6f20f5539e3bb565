package dev.understudy.shop.orders;

import dev.understudy.shop.service.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// An order as it is stored.
///
/// @param reference random, what customers and payments know it by
/// @param state `open`, `billed` or `cancelled`
/// @param extra what only one release knows, by the name it is shown under
record Order(
        long id,
        String reference,
        String basket,
        int customer,
        List<Item> items,
        int cents,
        String state,
        String note,
        Instant createdAt,
        Map<String, Object> extra) {

    /// How customers see it.
    Map<String, Object> toJson() {
        Map<String, Object> json = Json.object(
                "id", id,
                "reference", reference,
                "basket", basket,
                "items", ItemsFormat.toJson(items),
                "cents", cents,
                "state", state,
                "note", note,
                "createdAt", createdAt.toString());
        json.putAll(extra);
        return json;
    }
}
