package dev.understudy.shop.orders;

import dev.understudy.shop.service.Database;

/// The table as 2.0-lossy uses it: notes go to the table of V2__order_note.sql, older ones are read where they
/// are.
final class OrderTableWithNotes extends OrderTable {
    OrderTableWithNotes(Database database) {
        super(database);
    }

    @Override
    String noteStatement() {
        return "INSERT INTO order_note (note, order_id) VALUES (?, ?) "
                + "ON CONFLICT (order_id) DO UPDATE SET note = excluded.note";
    }

    @Override
    String selected() {
        return "coalesce(n.note, o.note) AS note FROM orders o LEFT JOIN order_note n ON n.order_id = o.id";
    }
}
