package dev.understudy.runtime;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The definitions in a database at one moment, and what migration tools noted there as applied. No row of a
/// user's table is in it. Immutable.
///
/// @param service whose database
/// @param objects one line for every table, column, index, constraint, sequence, view and the like, sorted
/// @param history for each history table that is there (see [HistoryTable]) its entries, in the order in which
///     they were applied
/// @param incomplete why some of it could not be read; empty if all was
public record SchemaImage(
        String service, List<String> objects, SortedMap<String, List<String>> history, List<String> incomplete) {
    public SchemaImage {
        objects = List.copyOf(objects);
        history = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(history));
        incomplete = List.copyOf(incomplete);
    }

    /// One that could not be read at all.
    public static SchemaImage unread(String service, String why) {
        return new SchemaImage(service, List.of(), new TreeMap<>(Map.of()), List.of(why));
    }

    /// The entries of all history tables, each with its table: `flyway_schema_history: 2 add channel`.
    public List<String> entries() {
        return history.entrySet().stream()
                .flatMap(table -> table.getValue().stream().map(entry -> table.getKey() + ": " + entry))
                .toList();
    }

    /// Whether all of it was read.
    public boolean isComplete() {
        return incomplete.isEmpty();
    }
}
