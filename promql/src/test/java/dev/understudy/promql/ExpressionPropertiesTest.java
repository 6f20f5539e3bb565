package dev.understudy.promql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.promql.evaluation.Sample;
import dev.understudy.promql.evaluation.Value;
import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.SeriesStore;
import dev.understudy.promql.syntax.PromQlException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;

class ExpressionPropertiesTest {
    private static final Shop SHOP = new Shop();
    private static final List<String> PIECES = List.of(
            "stock",
            "orders_total",
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "5m",
            ":",
            "1m",
            "offset",
            "-",
            "+",
            "*",
            "^",
            "==",
            "bool",
            "on",
            "(shop)",
            "ignoring",
            "group_left",
            "and",
            "or",
            "unless",
            "sum",
            "by",
            "topk",
            "(2,",
            "rate(",
            "histogram_quantile(0.9,",
            "shop=\"north\"",
            "shop=~\"n.*\"",
            ",",
            "1",
            "0x1f",
            "1e3",
            "\"text\"",
            "'",
            "\\",
            "#",
            "\n",
            "@",
            "absent(",
            "label_replace(",
            "é",
            "\u0000",
            "vector(1)",
            "time()",
            "!",
            "=",
            "NaN");

    /// Whatever is thrown at it: a value or a named error.
    @Property(tries = 5_000)
    void anyTextIsEvaluatedOrRefused(@ForAll long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        for (int i = chance.nextInt(12); i >= 0; i--) {
            text.append(PIECES.get(chance.nextInt(PIECES.size()))).append(chance.nextBoolean() ? " " : "");
        }
        try {
            assertThat(PromQl.parse(text.toString()).at(SHOP.store, Shop.NOW)).isNotNull();
        } catch (PromQlException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
            assertThat(e.problem()).isNotBlank();
        }
    }

    /// Regular scrapes of a steady counter: the rate is the slope, wherever the window lies.
    @Property(tries = 300)
    void theRateOfASteadyCounterIsItsSlope(@ForAll long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        SeriesStore store = new SeriesStore(Shop.ORIGIN, SeriesStore.Limits.USUAL);
        long step = chance.nextLong(1, 20_000) * 1_000_000;
        double slope = chance.nextDouble(0.001, 1_000);
        double start = slope * 1e6;
        for (int i = 0; i < 100; i++) {
            store.append(Labels.named("c"), start + slope * i * (step / 1e9), i * step);
        }
        long at = chance.nextLong(60 * step, 99 * step);
        long window = Math.max(1, chance.nextLong(5 * step, 40 * step) / 1_000_000);
        assertThat(single("rate(c[" + window + "ms])", store, at)).isCloseTo(slope, Offset.offset(slope * 1e-6));
    }

    /// The parts of a sum, and each element's share of it, make up the whole.
    @Property(tries = 200)
    void groupsMakeUpTheWhole(@ForAll long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        SeriesStore store = new SeriesStore(Shop.ORIGIN, SeriesStore.Limits.USUAL);
        for (int i = chance.nextInt(1, 30); i > 0; i--) {
            Labels labels = Labels.named("m", "a", "" + chance.nextInt(4), "b", "" + chance.nextInt(4));
            store.append(labels, chance.nextInt(1, 1_000), 0);
        }
        double sum = single("sum(m)", store, 0);
        assertThat(single("sum(sum by (a) (m))", store, 0)).isEqualTo(sum);
        assertThat(single("sum(sum without (a) (m))", store, 0)).isEqualTo(sum);
        assertThat(single("sum(count by (a, b) (m))", store, 0)).isEqualTo(store.size());
        assertThat(single("sum(m / on () group_left sum(m))", store, 0)).isCloseTo(1, Offset.offset(1e-9));
        assertThat(single("count(m and m) + (count(m unless m) or vector(0))", store, 0))
                .isEqualTo(store.size());
        assertThat(single("quantile(1, m) - max(m)", store, 0)).isZero();
        assertThat(single("quantile(0, m) - min(m)", store, 0)).isZero();
    }

    /// A range query is the instant queries of its steps.
    @Property(tries = 50)
    void aRangeIsItsInstants(@ForAll long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        Expression expression = PromQl.parse("sum(rate(orders_total[1m])) * stock{shop=\"north\"} or vector(time())");
        long from = chance.nextLong(Shop.NOW);
        Duration step = Duration.ofNanos(chance.nextLong(Shop.SECOND, Shop.NOW));
        Value.Matrix matrix = expression.over(SHOP.store, from, Shop.NOW, step);
        matrix.tracks().forEach(track -> {
            for (int i = 0; i < track.points().size(); i++) {
                Value.Vector at =
                        (Value.Vector) expression.at(SHOP.store, track.points().nanos()[i]);
                assertThat(at.samples())
                        .contains(new Sample(track.labels(), track.points().values()[i]));
            }
        });
        assertThat(matrix.tracks()).isNotEmpty();
    }

    private static double single(String expression, SeriesStore store, long at) {
        Value.Vector vector = (Value.Vector) PromQl.parse(expression).at(store, at);
        assertThat(vector.samples()).as(expression).hasSize(1);
        return vector.samples().getFirst().value();
    }
}
