package dev.understudy.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.RealTimeline;
import dev.understudy.scenario.Mask;
import dev.understudy.scenario.Mask.Replacement;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.store.MaskKey;
import dev.understudy.store.PackedTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Masked copies of a real server: joins hold, and none of the old values is left in any file.
class PostgresMaskIT {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int CUSTOMERS = 500;
    private static final String SCHEMA = """
            CREATE TABLE customers (id int PRIMARY KEY, email text NOT NULL UNIQUE, name varchar(40), phone varchar(16),
                city text, code bigint, born date, shout text GENERATED ALWAYS AS (upper(email)) STORED);
            CREATE TABLE orders (id int PRIMARY KEY, email text REFERENCES customers(email), note text);
            CREATE TABLE history (was text);
            CREATE INDEX ON customers (lower(name));
            CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO history VALUES ('kept'); RETURN NEW; END $$;
            CREATE TRIGGER kept AFTER UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION keep();
            INSERT INTO customers SELECT i, 'mail-' || i || '@original.example', 'Original Name ' || i,
                '+49-555-' || (100000 + i), 'Originalcity', 1000000 + i, '1970-01-01' FROM generate_series(1, 500) i;
            INSERT INTO orders SELECT i, 'mail-' || i || '@original.example', repeat('x', 100) FROM generate_series(1, 500) i;
            DELETE FROM orders WHERE id > 490;
            DELETE FROM customers WHERE id > 490;
            CREATE MATERIALIZED VIEW mails AS SELECT email FROM customers;
            ANALYZE;
            """;

    @TempDir
    Path directory;

    private Path copy() {
        Path copy = directory.resolve("copy");
        try (PostgresRun live = TestServers.live(TestServers.EMBEDDED, directory.resolve("live"), SCHEMA)) {
            new PostgresStore(TestServers.shop(live), 0, new RealTimeline(), InstantSource.system()).freeze(copy);
        }
        try (PostgresRun run = TestServers.run(TestServers.EMBEDDED, copy, PostgresServer.Care.SHADOW)) {
            String touched = "UPDATE orders SET email = email; ALTER TABLE customers DISABLE TRIGGER USER;"
                    + "UPDATE customers SET phone = phone; ALTER TABLE customers ENABLE TRIGGER USER;";
            assertThat(new SqlScript(touched)
                            .run(TestServers.shop(run), CONNECT)
                            .succeeded())
                    .isTrue();
        }
        return copy;
    }

    private static Mask mask(String table, String column, Replacement by) {
        return new Mask(new Place("s.yaml", 7, 5), "db", new Mask.Target.Column(table, column), by);
    }

    private static void apply(Path copy, Mask... masks) {
        new PostgresMask(TestServers.data(TestServers.EMBEDDED, copy), new MaskKey("a secret"))
                .apply("shop", "shop", List.of(masks));
    }

    @Test
    void noOldValueIsLeftInAnyFileAndJoinsHold() throws Exception {
        // Given
        Path copy = copy();
        assertThat(new Traces(List.of("mail-17@original.example")).in(copy).keySet())
                .as("the search finds what is there: rows, indexes, views, statistics, log")
                .hasSizeGreaterThan(3)
                .anyMatch(file -> file.startsWith("pg_wal"));
        // When
        apply(
                copy,
                mask("customers", "email", new Replacement.Hash()),
                mask("orders", "email", new Replacement.Hash()),
                mask("public.customers", "name", new Replacement.Constant("A. Person")),
                mask("customers", "phone", new Replacement.Hash()),
                mask("customers", "city", new Replacement.Nothing()),
                mask("customers", "code", new Replacement.Hash()));
        // Then
        List<String> values = new ArrayList<>(List.of("Originalcity"));
        for (int i = 1; i <= CUSTOMERS; i++) {
            values.addAll(List.of("mail-" + i + "@original.example", "MAIL-" + i + "@ORIGINAL", "Original Name " + i));
            values.addAll(List.of("original name " + i, "+49-555-" + (100000 + i)));
        }
        assertThat(new Traces(values).in(copy)).isEqualTo(Map.of());
        Path packed = directory.resolve("copy.tar.gz");
        PackedTree.pack(copy, packed);
        PackedTree.unpack(packed, directory.resolve("again"));
        try (PostgresRun run =
                        TestServers.run(TestServers.EMBEDDED, directory.resolve("again"), PostgresServer.Care.SHADOW);
                Connection connection = TestServers.shop(run).open(CONNECT)) {
            assertThat(one(connection, "SELECT count(*) FROM customers JOIN orders USING (email)"))
                    .isEqualTo("490");
            assertThat(one(connection, "SELECT count(DISTINCT email) || ' ' || count(DISTINCT code) FROM customers"))
                    .isEqualTo("490 490");
            assertThat(one(connection, "SELECT email FROM customers WHERE id = 17"))
                    .isEqualTo(new MaskKey("a secret").token("mail-17@original.example"));
            assertThat(one(connection, "SELECT string_agg(DISTINCT name, ',') || count(city) FROM customers"))
                    .isEqualTo("A. Person0");
            assertThat(one(connection, "SELECT max(length(phone)) FROM customers"))
                    .isEqualTo("16");
            assertThat(one(connection, "SELECT count(*) FROM mails JOIN customers USING (email)"))
                    .isEqualTo("490");
            assertThat(one(connection, "SELECT count(*) FROM history"))
                    .as("triggers were off")
                    .isEqualTo("0");
        }
    }

    @Test
    void whatCanNotBeMaskedIsNamedAtItsPlace() {
        Path copy = copy();
        Replacement hash = new Replacement.Hash();

        refused(copy, "has no table 'customer'", mask("customer", "email", hash));
        refused(copy, "of 'db' has no column 'mail'", mask("customers", "mail", hash));
        refused(copy, "half of a foreign key: mask 'orders.email' in the same way", mask("customers", "email", hash));
        refused(copy, "is of type date and can't hold a hash", mask("customers", "born", hash));
        refused(
                copy,
                "is NOT NULL and can't be masked to nothing",
                mask("customers", "email", new Replacement.Nothing()));
        refused(copy, "is generated: mask what it is made of", mask("customers", "shout", hash));
        refused(
                copy,
                "can't be masked: duplicate key value violates unique constraint",
                mask("customers", "email", new Replacement.Constant("x")),
                mask("orders", "email", new Replacement.Constant("x")));
        assertThat(Files.exists(copy.resolve("postmaster.pid"))).isFalse();
    }

    @Test
    void aValueThatStandsInAnotherTableTooIsNamed() throws Exception {
        Path copy = directory.resolve("copy");
        String twice = "CREATE TABLE a (mail text); CREATE TABLE b (said text);"
                + "INSERT INTO a VALUES ('somebody@original.example'); INSERT INTO b VALUES ('by somebody@original.example');";
        try (PostgresRun live = TestServers.live(TestServers.EMBEDDED, directory.resolve("live"), twice)) {
            new PostgresStore(TestServers.shop(live), 0, new RealTimeline(), InstantSource.system()).freeze(copy);
        }
        TestServers.data(TestServers.EMBEDDED, copy).settle();

        refused(copy, "of 'db' stand elsewhere too, in table 'b'", mask("a", "mail", new Replacement.Hash()));
    }

    private static void refused(Path copy, String why, Mask... masks) {
        assertThatThrownBy(() -> apply(copy, masks))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("s.yaml:7:5: error: ")
                .hasMessageContaining(why);
    }

    private static String one(Connection connection, String query) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return Optional.ofNullable(row.getString(1)).orElse("NULL");
        }
    }
}
