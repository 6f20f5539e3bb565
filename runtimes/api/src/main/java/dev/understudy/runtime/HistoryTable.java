package dev.understudy.runtime;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The tables in which migration tools note what they have applied, and what of their columns says which migration
/// that was. Names and columns are those that the tools make unless told otherwise. Stateless.
public final class HistoryTable {
    /// Flyway, Liquibase, Rails and golang-migrate and dbmate, Django, Alembic, Entity Framework, Knex, Prisma,
    /// Sequelize, goose, SQLx, Diesel, Doctrine.
    private static final Set<String> KNOWN = Set.of(
            "flyway_schema_history",
            "databasechangelog",
            "schema_migrations",
            "django_migrations",
            "alembic_version",
            "__efmigrationshistory",
            "knex_migrations",
            "_prisma_migrations",
            "sequelizemeta",
            "goose_db_version",
            "_sqlx_migrations",
            "__diesel_schema_migrations",
            "doctrine_migration_versions");

    private static final List<String> ORDERING =
            List.of("installed_rank", "orderexecuted", "started_at", "run_on", "executed_at", "id");

    /// What names a migration, in the order in which it is told.
    private static final List<String> NAMING = List.of(
            "version",
            "version_num",
            "version_id",
            "migrationid",
            "migration_name",
            "app",
            "name",
            "filename",
            "script",
            "description");

    /// What else is told of it, with the name of the column.
    private static final List<String> TELLING =
            List.of("checksum", "md5sum", "success", "dirty", "is_applied", "exectype", "batch", "rolled_back_at");

    private HistoryTable() {}

    /// Whether a table of that name, without its schema, is a tool's own.
    public static boolean isKnown(String table) {
        return KNOWN.contains(table.toLowerCase(Locale.ROOT));
    }

    /// Of these columns those that name a migration, as one reads them. Liquibase's `id` is part of the name; any
    /// other tool's is a number that says only the order. Without any of them the table has no known shape.
    public static List<String> naming(List<String> columns) {
        boolean isLiquibase = find(columns, "orderexecuted") && find(columns, "md5sum");
        List<String> wanted = isLiquibase ? List.of("id", "filename") : NAMING;
        return pick(columns, wanted);
    }

    /// Of these columns those that are told with their names: checksums and how it ended.
    public static List<String> telling(List<String> columns) {
        return pick(columns, TELLING);
    }

    /// The columns by which entries are in the order in which they were applied; empty if none says it.
    public static List<String> ordering(List<String> columns) {
        return pick(columns, ORDERING).stream().limit(1).toList();
    }

    private static boolean find(List<String> columns, String wanted) {
        return columns.stream().anyMatch(column -> column.equalsIgnoreCase(wanted));
    }

    private static List<String> pick(List<String> columns, List<String> wanted) {
        return wanted.stream()
                .flatMap(name -> columns.stream().filter(column -> column.equalsIgnoreCase(name)))
                .toList();
    }
}
