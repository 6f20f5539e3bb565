package dev.understudy.shop.orders;

import dev.understudy.shop.service.Database;
import java.util.Map;

/// The table as 2.0-unreadable uses it: items are JSON, and the column of V2__items.sql says so.
final class OrderTableWithJson extends OrderTable {
    OrderTableWithJson(Database database) {
        super(database, new ItemsFormat.AsJson());
    }

    @Override
    Map<String, Object> extraColumns(NewOrder order) {
        return Map.of("items_format", 2);
    }
}
