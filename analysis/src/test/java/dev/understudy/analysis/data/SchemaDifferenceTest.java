package dev.understudy.analysis.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.journal.Event.SchemaDelta;
import dev.understudy.runtime.SchemaImage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What counts as a difference between two readings of a schema.
class SchemaDifferenceTest {
    private static final SchemaImage BEFORE = image(
            "column orders.amount integer not null",
            "column orders.id integer",
            "index CREATE INDEX by_amount ON public.orders USING btree (amount)",
            "function f(x integer) 0cc1",
            "owner of orders shop",
            "table orders");

    @Test
    void anObjectWithAnotherDefinitionIsChanged() {
        SchemaDelta delta = SchemaDifference.between(
                BEFORE,
                image(
                        "column orders.amount bigint not null",
                        "column orders.id integer",
                        "index CREATE INDEX by_amount ON public.orders USING hash (amount)",
                        "function f(x integer) 0cc2",
                        "owner of orders admin",
                        "table orders"));

        assertThat(delta.changed())
                .containsExactly(
                        "column orders.amount: integer not null -> bigint not null",
                        "index CREATE INDEX by_amount: ON public.orders USING btree (amount)"
                                + " -> ON public.orders USING hash (amount)",
                        "function f(x integer): 0cc1 -> 0cc2",
                        "owner of orders: shop -> admin");
        assertThat(delta.added()).isEmpty();
        assertThat(delta.removed()).isEmpty();
        assertThat(delta.sameObjects()).isFalse();
    }

    @Test
    void whatIsNewOrGoneIsToldTablesFirstWithoutTheirOwners() {
        SchemaDelta delta = SchemaDifference.between(
                BEFORE, image("column audit.id integer", "owner of audit shop", "table audit", "table orders"));

        assertThat(delta.added()).containsExactly("table audit", "column audit.id integer");
        assertThat(delta.removed())
                .contains("column orders.id integer", "owner of orders shop")
                .doesNotContain("table orders");
    }

    @Test
    void whatTheControlHasTooIsNotTheChangesDoing() {
        SchemaImage both = image("column orders.amount integer not null", "table orders", "table orders_2026_12");
        SchemaImage candidate = image("column orders.amount bigint not null", "table orders", "table orders_2026_12");
        SchemaImage before = image("column orders.amount integer not null", "table orders");

        SchemaDelta delta = SchemaDifference.between(before, candidate, both);

        assertThat(delta.added()).isEmpty();
        assertThat(delta.changed()).hasSize(1);
        assertThat(SchemaDifference.between(before, both, both).isNone()).isTrue();
    }

    @Test
    void entriesOfTheHistoryCountAsOftenAsTheyStandThere() {
        SchemaImage once = new SchemaImage("db", List.of(), new TreeMap<>(Map.of("h", List.of("1", "2"))), List.of());
        SchemaImage twice =
                new SchemaImage("db", List.of(), new TreeMap<>(Map.of("h", List.of("1", "2", "2"))), List.of());

        assertThat(SchemaDifference.between(once, twice).entered()).containsExactly("h: 2");
        assertThat(SchemaDifference.between(twice, once).withdrawn()).containsExactly("h: 2");
        assertThat(SchemaDifference.between(once, twice).sameObjects()).isTrue();
        assertThat(SchemaDifference.between(once, twice).isNone()).isFalse();
    }

    @Test
    void beyondAThousandLinesTheRestIsCounted() {
        SchemaImage large = image(
                IntStream.range(0, 1_203).mapToObj(n -> "table t" + n).sorted().toArray(String[]::new));

        SchemaDelta delta = SchemaDifference.between(image(), large);

        assertThat(delta.added()).hasSize(1_000);
        assertThat(delta.left()).isEqualTo(203);
    }

    private static SchemaImage image(String... objects) {
        return new SchemaImage("db", List.of(objects), new TreeMap<>(), List.of());
    }
}
