package dev.understudy.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.DataImage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresListingIT {
    private static final String SCHEMA = """
            CREATE SCHEMA other;
            CREATE TYPE mood AS ENUM ('sad', 'glad');
            CREATE DOMAIN short AS text CHECK (length(VALUE) < 10);
            CREATE TABLE customer (name short, id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mood mood DEFAULT 'glad');
            CREATE TABLE other.booking (
              note text, customer bigint REFERENCES customer, code text NOT NULL, at timestamptz, raw bytea,
              UNIQUE (code));
            CREATE TABLE keyless (b int, a text);
            CREATE TABLE day (at date NOT NULL, n int, PRIMARY KEY (at, n)) PARTITION BY RANGE (at);
            CREATE TABLE day_1 PARTITION OF day FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
            CREATE TABLE day_2 PARTITION OF day FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
            CREATE INDEX by_name ON customer (lower(name));
            CREATE VIEW named AS SELECT name FROM customer;
            CREATE SEQUENCE odd INCREMENT 2 START 5;
            CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql RETURN x + 1;
            CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
            CREATE TRIGGER tick BEFORE INSERT ON customer FOR EACH ROW EXECUTE FUNCTION t();
            ALTER TABLE customer DISABLE TRIGGER tick;
            CREATE POLICY p ON keyless USING (b > 0);
            GRANT SELECT ON customer TO PUBLIC;
            INSERT INTO customer (name) VALUES ('ann'), (NULL);
            INSERT INTO other.booking VALUES ('n', 1, 'c', '2026-01-02 03:04:05+01', '\\x00ff');
            INSERT INTO keyless VALUES (2, 'z'), (1, 'a'), (1, 'a');
            INSERT INTO day VALUES ('2026-02-03', 2), ('2026-01-03', 1);
            SELECT lo_create(4711);
            """;

    @RegisterExtension
    static final RunningShop SHOP = new RunningShop(SCHEMA);

    @Test
    void columnsAreByNameRowsByKeyAndForeignKeysAreReferences() {
        DataImage image = new PostgresListing().list(SHOP.login(), "db");

        assertThat(image.tables().stream().map(DataImage.Table::name))
                .containsExactly("customer", "day", "keyless", "other.booking");
        DataImage.Table customer = table(image, "customer");
        assertThat(customer.columns()).containsExactly("id", "mood", "name");
        assertThat(customer.key()).containsExactly(0);
        assertThat(customer.rows().getFirst()).containsExactly("1", "glad", "ann");
        assertThat(customer.rows().getLast()).containsExactly("2", "glad", null);
        DataImage.Table booking = table(image, "other.booking");
        assertThat(booking.columns()).containsExactly("at", "code", "customer", "note", "raw");
        assertThat(booking.key()).containsExactly(1);
        assertThat(booking.references()).containsExactly("", "", "customer.id", "", "");
        assertThat(booking.rows().getFirst()).containsExactly("2026-01-02 02:04:05+00", "c", "1", "n", "\\x00ff");
    }

    @Test
    void tablesWithoutAKeyAreInTheOrderOfTheirValuesAndPartitionsAreOneTable() {
        DataImage image = new PostgresListing().list(SHOP.login(), "db");

        assertThat(table(image, "keyless").key()).isEmpty();
        assertThat(table(image, "keyless").rows().stream().map(row -> String.join(" ", row)))
                .containsExactly("a 1", "a 1", "z 2");
        assertThat(table(image, "day").key()).containsExactly(0, 1);
        assertThat(table(image, "day").rows()).hasSize(2);
    }

    @Test
    void everyKindOfDefinitionIsALineOfTheStructure() {
        DataImage image = new PostgresListing().list(SHOP.login(), "db");

        assertThat(image.structure())
                .isSorted()
                .contains("schema other", "type mood enum 'sad', 'glad'", "table customer")
                .contains("column customer.name public.short", "column other.booking.code text not null")
                .contains("column customer.id bigint not null identity a")
                .contains("column customer.mood public.mood default 'glad'::public.mood")
                .anyMatch(line -> line.startsWith("constraint other.booking.booking_customer_fkey FOREIGN KEY"))
                .anyMatch(line -> line.startsWith("index CREATE INDEX by_name ON public.customer"))
                .anyMatch(line -> line.matches("view named [0-9a-f]{32}"))
                .anyMatch(line -> line.startsWith("sequence odd bigint start 5 increment 2"))
                .anyMatch(line -> line.matches("function f\\(x integer\\) [0-9a-f]{32}"))
                .anyMatch(line -> line.startsWith("trigger CREATE TRIGGER tick") && line.endsWith(" D"))
                .anyMatch(line -> line.startsWith("policy keyless.p"))
                .anyMatch(line -> line.startsWith("type short domain text CHECK"))
                .anyMatch(line -> line.startsWith("grants on customer "))
                .anyMatch(line -> line.startsWith("table day_1 partition FOR VALUES FROM"));
    }

    @Test
    void whatCannotBeListedMakesTheImageIncomplete() {
        assertThat(new PostgresListing().list(SHOP.login(), "db").incomplete())
                .containsExactly("1 large objects are not listed");
        assertThat(new PostgresListing(2).list(SHOP.login(), "db").incomplete())
                .contains("keyless: only the first 2 rows are listed")
                .noneMatch(line -> line.startsWith("customer") || line.startsWith("day"));
        Login stranger = stranger();
        assertThat(new PostgresListing().list(stranger, "db").incomplete())
                .anyMatch(line -> line.startsWith("keyless: not listed: ") && line.contains("permission denied"))
                .noneMatch(line -> line.startsWith("customer"));
    }

    private static Login stranger() {
        Login admin = SHOP.server().login("shop", "postgres", java.util.Optional.empty());
        SqlOutcome made = new SqlScript("CREATE ROLE stranger LOGIN").run(admin, Duration.ofSeconds(10));
        assertThat(made.output()).isEqualTo("line 1: CREATE ROLE STRANGER");
        return admin.as("stranger", java.util.Optional.empty());
    }

    private static DataImage.Table table(DataImage image, String name) {
        return image.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
