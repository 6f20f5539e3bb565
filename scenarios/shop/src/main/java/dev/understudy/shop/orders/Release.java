package dev.understudy.shop.orders;

import dev.understudy.shop.service.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A release of orders. All they differ in is how long they wait for payments, and what they store where.
///
/// @param version how it is called
/// @param patience how long it waits for payments; empty: without end
/// @param table how it stores orders
record Release(String version, Optional<Duration> patience, Function<Database, OrderTable> table) {
    private static final Optional<Duration> SHORT = Optional.of(Duration.ofMillis(300));
    private static final Optional<Duration> ENDLESS = Optional.empty();

    /// Every release there is.
    static final List<Release> ALL = List.of(
            // An order that payments hasn't answered in time is accepted as `pending`.
            new Release("1.0", SHORT, OrderTable::new),
            // Keeps the channel an order came through. Needs V2__widen.sql.
            new Release("2.0-good", SHORT, OrderTableWithChannel::new),
            // Somebody "simplified" the call of payments: it waits as long as it takes.
            new Release("2.0-no-timeout", ENDLESS, OrderTable::new),
            // Writes notes to a table of their own, which the undo migration drops. Needs V2__order_note.sql.
            new Release("2.0-lossy", SHORT, OrderTableWithNotes::new),
            // Writes items as JSON, which 1.0 can't read. Needs V2__items.sql.
            new Release("2.0-unreadable", SHORT, OrderTableWithJson::new));

    /// The release of that version. @throws IllegalArgumentException if there is none
    static Release of(String version) {
        return ALL.stream()
                .filter(release -> release.version.equals(version))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no version '" + version + "' of orders; there are "
                        + ALL.stream().map(Release::version).toList()));
    }
}
