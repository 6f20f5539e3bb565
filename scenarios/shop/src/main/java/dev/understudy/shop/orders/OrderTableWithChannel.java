package dev.understudy.shop.orders;

import dev.understudy.shop.service.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/// The table as 2.0-good uses it: with the column `channel` of V2__widen.sql.
final class OrderTableWithChannel extends OrderTable {
    OrderTableWithChannel(Database database) {
        super(database);
    }

    @Override
    Map<String, Object> extraColumns(NewOrder order) {
        return Map.of("channel", order.channel());
    }

    @Override
    String selected() {
        return "o.note, o.channel FROM orders o";
    }

    @Override
    Map<String, Object> extra(ResultSet row) throws SQLException {
        return Map.of("channel", row.getString("channel"));
    }
}
