package dev.understudy.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.SchemaImage;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Reading definitions and migration histories of a real SHOP.server().
class PostgresSchemaIT {
    private static final String SCHEMA = """
            CREATE TABLE customer (id bigint PRIMARY KEY, name text DEFAULT 'ann' NOT NULL);
            CREATE INDEX by_name ON customer (name);
            CREATE VIEW named AS SELECT name FROM customer;
            CREATE SEQUENCE odd INCREMENT 2;
            INSERT INTO customer VALUES (1, 'a secret of ann');
            CREATE TABLE flyway_schema_history (
              installed_rank int PRIMARY KEY, version text, description text, script text, checksum int,
              installed_by text, installed_on timestamp DEFAULT now(), execution_time int, success boolean);
            INSERT INTO flyway_schema_history VALUES
              (2, '10', 'later', 'V10__later.sql', -5, 'bob', now(), 3, true),
              (1, '9', 'first', 'V9__first.sql', NULL, 'bob', now(), 3, true);
            CREATE SCHEMA other;
            CREATE TABLE other.databasechangelog (
              id text, author text, filename text, orderexecuted int, exectype text, md5sum text);
            INSERT INTO other.databasechangelog VALUES ('b', 'bob', 'x.xml', 2, 'EXECUTED', '9:b'),
              ('a', 'bob', 'x.xml', 1, 'EXECUTED', '9:a');
            CREATE TABLE "__EFMigrationsHistory" ("MigrationId" text PRIMARY KEY, "ProductVersion" text);
            INSERT INTO "__EFMigrationsHistory" VALUES ('20260101_Second', '9.0'), ('20250101_First', '9.0');
            CREATE TABLE applied (n int);
            INSERT INTO applied VALUES (7);
            """;

    @RegisterExtension
    static final RunningShop SHOP = new RunningShop(SCHEMA);

    @Test
    void objectsAreThereAndNoRowOfAUsersTableIs() {
        SchemaImage image = read(Set.of());

        assertThat(image.isComplete()).isTrue();
        assertThat(image.objects())
                .isSorted()
                .contains(
                        "table customer",
                        "column customer.name text not null default 'ann'::text",
                        "constraint customer.customer_pkey PRIMARY KEY (id)",
                        "index CREATE INDEX by_name ON public.customer USING btree (name)")
                .anyMatch(line -> line.startsWith("view named "))
                .anyMatch(line -> line.startsWith("sequence odd bigint start 1 increment 2 "));
        assertThat(image.toString()).doesNotContain("secret").doesNotContain("bob");
    }

    @Test
    void historiesOfKnownToolsAreInTheOrderInWhichTheyWereApplied() {
        SchemaImage image = read(Set.of());

        assertThat(image.history())
                .containsOnlyKeys("flyway_schema_history", "other.databasechangelog", "__EFMigrationsHistory");
        assertThat(image.history().get("flyway_schema_history"))
                .containsExactly(
                        "9 V9__first.sql first success true", "10 V10__later.sql later checksum -5 success true");
        assertThat(image.history().get("other.databasechangelog"))
                .containsExactly("a x.xml md5sum 9:a exectype EXECUTED", "b x.xml md5sum 9:b exectype EXECUTED");
        assertThat(image.history().get("__EFMigrationsHistory")).containsExactly("20250101_First", "20260101_Second");
    }

    @Test
    void aHistoryOfUnknownShapeIsToldByDigests() {
        assertThat(read(Set.of("applied")).history().get("applied"))
                .singleElement()
                .asString()
                .matches("entry [0-9a-f]{32}");
    }

    @Test
    void whatChangesIsSeenAndNothingElse() {
        SchemaImage before = read(Set.of());
        run("ALTER TABLE customer ADD COLUMN channel text");
        SchemaImage changed = read(Set.of());
        run("ALTER TABLE customer DROP COLUMN channel");

        assertThat(changed.objects()).containsAll(before.objects()).contains("column customer.channel text");
        assertThat(changed.objects()).hasSize(before.objects().size() + 1);
        assertThat(read(Set.of())).isEqualTo(before);
    }

    private static SchemaImage read(Set<String> historyTables) {
        return new PostgresSchema().read(SHOP.login(), "db", historyTables);
    }

    private static void run(String sql) {
        assertThat(new SqlScript(sql).run(SHOP.login(), Duration.ofSeconds(20)).succeeded())
                .isTrue();
    }
}
