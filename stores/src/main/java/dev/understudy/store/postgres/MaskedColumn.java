package dev.understudy.store.postgres;

import dev.understudy.scenario.Mask;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.ScenarioException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/// A column that a mask names, as the database has it.
///
/// @param table its table, as SQL names it
/// @param name of the column, as SQL names it
/// @param type as SQL names it
/// @param limit the most characters of a text; 0 for no limit
record MaskedColumn(Mask mask, long tableId, String table, int number, String name, String type, int limit) {
    private static final Set<String> TEXTS = Set.of("text", "character varying", "character", "citext");
    /// `REDACTED-` and 16 digits, as redacted traffic has it.
    private static final int TOKEN = 25;
    /// Fewer digits would make two values one.
    private static final int SHORTEST = 12;

    private static final String HASH = "sha256(?::bytea || sha256(?::bytea || convert_to(%s::text, 'UTF8')))";
    private static final String LONG = "('x' || encode(substring(" + HASH + " from 1 for 8), 'hex'))::bit(64)::bigint";

    /// Finds it. @throws ScenarioException if it isn't there, or can't be masked in that way
    static MaskedColumn find(Connection connection, Mask mask) throws SQLException {
        Mask.Target.Column wanted = (Mask.Target.Column) mask.target();
        int dot = wanted.table().indexOf('.');
        String schema = dot < 0 ? "" : wanted.table().substring(0, dot);
        String query = """
                SELECT c.oid, format('%I.%I', n.nspname, c.relname), a.attnum, quote_ident(a.attname),
                       format_type(a.atttypid, NULL), a.atttypmod, a.attnotnull, a.attgenerated <> ''
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = ? AND a.attnum > 0 AND NOT a.attisdropped
                WHERE c.relname = ? AND c.relkind IN ('r', 'p') AND (n.nspname = ? OR ? = '')
                  AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
                ORDER BY n.nspname = 'public' DESC, n.nspname
                """;
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, wanted.column());
            statement.setString(2, wanted.table().substring(dot + 1));
            statement.setString(3, schema);
            statement.setString(4, schema);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw wrong(mask, "'" + mask.service() + "' has no table '" + wanted.table() + "'");
                }
                if (row.getString(4) == null) {
                    throw wrong(
                            mask,
                            "the table '" + wanted.table() + "' of '" + mask.service() + "' has no column '"
                                    + wanted.column() + "'");
                }
                MaskedColumn found = new MaskedColumn(
                        mask,
                        row.getLong(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getString(4),
                        row.getString(5),
                        Math.max(0, row.getInt(6) - 4));
                found.require(row.getBoolean(7), row.getBoolean(8));
                return found;
            }
        }
    }

    private void require(boolean notNull, boolean generated) {
        if (generated) {
            throw wrong(mask, this + " is generated: mask what it is made of");
        }
        if (mask.by() instanceof Mask.Replacement.Nothing && notNull) {
            throw wrong(mask, this + " is NOT NULL and can't be masked to nothing");
        }
        if (mask.by() instanceof Mask.Replacement.Hash && !isHashable()) {
            throw wrong(
                    mask,
                    this + " is of type " + type + (isText() ? "(" + limit + ")" : "")
                            + " and can't hold a hash: mask it 'to: nothing' or by a 'constant'");
        }
    }

    private boolean isHashable() {
        return isText()
                ? limit == 0 || limit >= SHORTEST
                : type.equals("bigint") || type.equals("integer") || type.equals("uuid");
    }

    /// Whether its values stand on the pages as they are.
    boolean isText() {
        return TEXTS.contains(type);
    }

    /// What it is set to, in SQL; each `?` is to be filled in by [#fill].
    String expression() {
        return switch (mask.by()) {
            case Mask.Replacement.Nothing _ -> "NULL";
            case Mask.Replacement.Constant _ -> "CAST(?::text AS " + type + ")";
            case Mask.Replacement.Hash _ -> hash();
        };
    }

    private String hash() {
        return switch (type) {
            case "bigint" -> LONG.formatted(name) + " & 9223372036854775807";
            case "integer" -> "(" + LONG.formatted(name) + " & 2147483647)::integer";
            case "uuid" -> "encode(substring(" + HASH.formatted(name) + " from 1 for 16), 'hex')::uuid";
            default ->
                limit == 0 || limit >= TOKEN
                        ? "'REDACTED-' || encode(substring(" + HASH.formatted(name) + " from 1 for 8), 'hex')"
                        : "left(encode(" + HASH.formatted(name) + ", 'hex'), " + limit + ")";
        };
    }

    /// Fills in what [#expression] leaves open; returns the next free place.
    int fill(PreparedStatement statement, int at, byte[] outer, byte[] inner) throws SQLException {
        int next = at;
        switch (mask.by()) {
            case Mask.Replacement.Nothing _ -> {}
            case Mask.Replacement.Constant(String text) -> statement.setString(next++, text);
            case Mask.Replacement.Hash _ -> {
                statement.setBytes(next++, outer);
                statement.setBytes(next++, inner);
            }
        }
        return next;
    }

    /// What is true of a value that still is as it was, in SQL; for reading back.
    String unmasked() {
        return switch (mask.by()) {
            case Mask.Replacement.Nothing _ -> name + " IS NOT NULL";
            case Mask.Replacement.Constant _ -> name + " IS NOT NULL AND " + name + "::text <> ?::text";
            case Mask.Replacement.Hash _ ->
                isText() ? name + "::text !~ '^(REDACTED-[0-9a-f]{16}|[0-9a-f]{12,24})\\s*$'" : "false";
        };
    }

    ScenarioException wrong(String message) {
        return wrong(mask, message);
    }

    private static ScenarioException wrong(Mask mask, String message) {
        return new ScenarioException(List.of(Problem.at(mask.place(), message)));
    }

    @Override
    public String toString() {
        Mask.Target.Column column = (Mask.Target.Column) mask.target();
        return "the column '" + column.table() + "." + column.column() + "' of '" + mask.service() + "'";
    }
}
