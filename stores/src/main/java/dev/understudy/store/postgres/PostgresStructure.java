package dev.understudy.store.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The definitions in a database as lines that can be compared: one for every table, column,
/// constraint, index, view, sequence (not its value), type, trigger and extension, for functions
/// and views a digest of their text. Stateless.
final class PostgresStructure {
    /// What is ours to look at: users' schemas without what extensions own. `$class` and `$oid`
    /// name the object.
    private static final String USERS = """
            n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '$class'::regclass AND d.objid = $oid
                AND d.deptype = 'e')
            """;

    private static final Pattern USERS_OF = Pattern.compile("\\$users\\((\\w+),([\\w.]+)\\)");

    /// How an object of schema `n` is shown.
    private static final String NAME = "CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || ";

    private static final List<String> QUERIES = List.of(
            relations("""
                    CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table'
                      ELSE 'other' END || ' ' || $name c.relname
                      || CASE c.relpersistence WHEN 'u' THEN ' unlogged' ELSE '' END
                      || CASE WHEN c.relispartition THEN ' partition ' || pg_get_expr(c.relpartbound, c.oid) ELSE '' END
                      || CASE WHEN c.relrowsecurity THEN ' row security' ELSE '' END
                    """, "'r', 'p', 'f'"),
            relations("""
                    CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END || ' ' || $name c.relname
                      || ' ' || md5(pg_get_viewdef(c.oid))
                    """, "'v', 'm'"),
            relations("'index ' || pg_get_indexdef(c.oid)", "'i', 'I'"),
            relations(
                    "'owner of ' || $name c.relname || ' ' || pg_get_userbyid(c.relowner)",
                    "'r', 'p', 'v', 'm', 'S', 'f'"),
            relations("""
                    'grants on ' || $name c.relname || ' '
                      || (SELECT string_agg(g::text, ' ' ORDER BY g::text COLLATE "C") FROM unnest(c.relacl) g)
                    """, "'r', 'p', 'v', 'm', 'S', 'f'"),
            """
            SELECT 'column ' || $name c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
              || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
              || CASE WHEN a.attidentity <> '' THEN ' identity ' || a.attidentity::text ELSE '' END
              || CASE WHEN e.oid IS NULL THEN ''
                 ELSE CASE WHEN a.attgenerated <> '' THEN ' generated ' ELSE ' default ' END
                   || pg_get_expr(e.adbin, e.adrelid) END
              || CASE WHEN l.oid IS NULL THEN '' ELSE ' collate ' || l.collname END
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_attrdef e ON e.adrelid = c.oid AND e.adnum = a.attnum
              LEFT JOIN pg_collation l ON l.oid = a.attcollation AND l.collname <> 'default'
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND a.attnum > 0 AND NOT a.attisdropped
              AND c.relpersistence <> 't' AND $users(pg_class,c.oid)
            """,
            """
            SELECT 'constraint ' || $name c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE k.contype <> 'n' AND $users(pg_class,c.oid)
            """,
            """
            SELECT 'sequence ' || $name c.relname || ' ' || format_type(s.seqtypid, NULL) || ' start ' || s.seqstart
              || ' increment ' || s.seqincrement || ' min ' || s.seqmin || ' max ' || s.seqmax || ' cache ' || s.seqcache
              || CASE WHEN s.seqcycle THEN ' cycle' ELSE '' END
            FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE $users(pg_class,c.oid)
            """,
            """
            SELECT 'function ' || $name p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ') '
              || md5(CASE p.prokind WHEN 'a' THEN 'aggregate' ELSE pg_get_functiondef(p.oid) END)
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE $users(pg_proc,p.oid)
            """,
            """
            SELECT 'trigger ' || pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' ' || t.tgenabled::text END
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT t.tgisinternal AND $users(pg_class,c.oid)
            """,
            """
            SELECT 'policy ' || $name c.relname || '.' || p.polname || ' ' || p.polcmd::text || ' '
              || coalesce(pg_get_expr(p.polqual, p.polrelid), '') || ' '
              || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
            FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE $users(pg_class,c.oid)
            """,
            """
            SELECT 'type ' || $name t.typname || ' ' || CASE t.typtype
                WHEN 'e' THEN 'enum ' || (SELECT string_agg(quote_literal(v.enumlabel), ', ' ORDER BY v.enumsortorder)
                  FROM pg_enum v WHERE v.enumtypid = t.oid)
                ELSE 'domain ' || format_type(t.typbasetype, t.typtypmod)
                  || CASE WHEN t.typnotnull THEN ' not null' ELSE '' END
                  || coalesce((SELECT string_agg(' ' || pg_get_constraintdef(k.oid), '' ORDER BY k.conname COLLATE "C")
                    FROM pg_constraint k WHERE k.contypid = t.oid), '') END
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE t.typtype IN ('e', 'd') AND $users(pg_type,t.oid)
            """,
            "SELECT 'extension ' || extname || ' ' || extversion FROM pg_extension WHERE extname <> 'plpgsql'",
            "SELECT 'schema ' || n.nspname FROM pg_namespace n WHERE n.nspname <> 'public' AND $users(pg_namespace,n.oid)");

    private static final List<String> UNLISTED = List.of("""
            SELECT 'foreign table ' || $name c.relname || ': its rows are elsewhere and are not listed'
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'f' AND $users(pg_class,c.oid)
            """, """
            SELECT count(*) || ' large objects are not listed' FROM pg_largeobject_metadata HAVING count(*) > 0
            """);

    private PostgresStructure() {}

    /// All definitions, sorted.
    static List<String> lines(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (String query : QUERIES) {
            add(connection, query, lines);
        }
        lines.sort(null);
        return List.copyOf(lines);
    }

    /// What holds data that a listing doesn't show, a sentence each.
    static List<String> unlisted(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (String query : UNLISTED) {
            add(connection, query, lines);
        }
        return lines;
    }

    private static String relations(String expression, String kinds) {
        return "SELECT " + expression + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relpersistence <> 't' AND c.relkind IN (" + kinds + ") AND $users(pg_class,c.oid)";
    }

    private static void add(Connection connection, String query, List<String> lines) throws SQLException {
        String sql = USERS_OF.matcher(query.replace("$name", NAME))
                .replaceAll(of -> Matcher.quoteReplacement(
                        USERS.replace("$class", of.group(1)).replace("$oid", of.group(2))));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                String line = row.getString(1);
                if (line != null) {
                    lines.add(line);
                }
            }
        }
    }
}
