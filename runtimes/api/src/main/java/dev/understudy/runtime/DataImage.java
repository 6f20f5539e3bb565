package dev.understudy.runtime;

import java.util.List;

/// Everything a store holds at one moment, in a form that can be compared. Values are text as the store
/// prints them;
/// they stay in memory and never reach a file.
///
/// @param service whose data
/// @param structure one line for every table, column, index and constraint, sorted
/// @param tables the rows
/// @param incomplete why some of it could not be listed; empty if all was
public record DataImage(String service, List<String> structure, List<Table> tables, List<String> incomplete) {

    /// A table, or for a directory the single table `files` with the columns `path` and `content`.
    ///
    /// @param key the indexes of the key columns; empty if the table has none
    /// @param references for each column the table and column it refers to (`table.column`), or `""`
    /// @param rows a value a column, `null` as `null`
    public record Table(
            String name,
            List<String> columns,
            List<Integer> key,
            List<String> references,
            List<List<@org.jspecify.annotations.Nullable String>> rows) {}
}
