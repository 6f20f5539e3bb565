package dev.understudy.store.postgres;

import java.util.List;
import java.util.Set;

/// One statement of an SQL text.
///
/// @param sql without the semicolon
/// @param line where it begins, from 1
/// @param words its keywords and unquoted names in capitals
/// @param data the lines that belong to a `COPY … FROM stdin`
/// @param meta whether it is a command of `psql` rather than SQL
record SqlStatement(String sql, int line, List<String> words, String data, boolean meta) {
    private static final Set<String> DATABASE_WIDE = Set.of("DATABASE", "TABLESPACE", "SUBSCRIPTION");

    /// Whether it begins a transaction by itself.
    boolean beginsTransaction() {
        return startsWith("BEGIN") || startsWith("START", "TRANSACTION");
    }

    /// Whether the server refuses it inside a transaction. Source: the reference pages of the
    /// statements.
    boolean needsAutoCommit() {
        if (startsWith("VACUUM") || startsWith("ALTER", "SYSTEM")) {
            return true;
        }
        if (startsWith("CREATE") || startsWith("DROP")) {
            return concurrently() || (words.size() > 1 && DATABASE_WIDE.contains(words.get(1)));
        }
        if (startsWith("REINDEX")) {
            return concurrently() || words.contains("DATABASE") || words.contains("SYSTEM") || words.contains("SCHEMA");
        }
        return startsWith("ALTER", "TABLE") && words.contains("DETACH") && concurrently();
    }

    /// Whether it carries rows of its own.
    boolean isCopyIn() {
        return isCopyIn(words);
    }

    /// Whether a statement of these words is followed by rows.
    static boolean isCopyIn(List<String> words) {
        int from = words.lastIndexOf("FROM");
        return words.size() > 2
                && words.getFirst().equals("COPY")
                && from > 0
                && from + 1 < words.size()
                && words.get(from + 1).equals("STDIN");
    }

    /// What it does, in at most three words and without any value.
    String label() {
        return meta ? sql : String.join(" ", words.subList(0, Math.min(words.size(), startsWith("CREATE") ? 3 : 2)));
    }

    private boolean concurrently() {
        return words.contains("CONCURRENTLY");
    }

    private boolean startsWith(String... wanted) {
        return words.size() >= wanted.length && words.subList(0, wanted.length).equals(List.of(wanted));
    }
}
