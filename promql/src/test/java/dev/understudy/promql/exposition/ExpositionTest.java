package dev.understudy.promql.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.promql.series.Labels;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class ExpositionTest {
    private static final String PAGE = """
            # HELP orders_total Orders by shop,\\nsince the start. \\\\o/
            # TYPE orders_total counter
            orders_total{shop="north",pay="card"} 1027 1395066363000
            orders_total { shop = "south" , } 3

            # just a remark
            path{file="C:\\\\DIR",error="no \\"file\\"\\n"} 1.5e9
              plain\t-Inf -5
            # TYPE seconds histogram
            seconds_bucket{le="0.1"} 1
            seconds_bucket{le="+Inf"} 2
            seconds_sum 0.4
            seconds_count 2
            seconds_other 7
            # TYPE wait summary
            wait{quantile="0.5"} Nan
            wait_count 0
            """;

    @Test
    void aPageIsRead() {
        Exposition page = Exposition.parse(PAGE);

        assertThat(page.families())
                .extracting(family -> family.name() + " " + family.type() + " "
                        + family.samples().size())
                .containsExactly(
                        "orders_total COUNTER 2",
                        "path UNTYPED 1",
                        "plain UNTYPED 1",
                        "seconds HISTOGRAM 4",
                        "seconds_other UNTYPED 1",
                        "wait SUMMARY 2");
        assertThat(page.families().getFirst().help()).contains("Orders by shop,\nsince the start. \\o/");
        assertThat(page.samples())
                .contains(
                        new ExposedSample(
                                Labels.named("orders_total", "shop", "north", "pay", "card"),
                                1027,
                                OptionalLong.of(1_395_066_363_000L)),
                        new ExposedSample(
                                Labels.named("path", "file", "C:\\DIR", "error", "no \"file\"\n"),
                                1.5e9,
                                OptionalLong.empty()),
                        new ExposedSample(Labels.named("plain"), Double.NEGATIVE_INFINITY, OptionalLong.of(-5)),
                        new ExposedSample(Labels.named("wait", "quantile", "0.5"), Double.NaN, OptionalLong.empty()));
    }

    @Test
    void openMetricsIsRead() {
        Exposition page = Exposition.parse("""
                # TYPE orders counter
                # UNIT orders things
                # HELP orders Said \\"so\\".
                orders_total{shop="north"} 5 1395066363.125 # {trace="a"} 1 1395066363
                orders_created 1395066000
                # TYPE build info
                build_info{version="1"} 1
                {"a.b","c.d"="e"} 1
                # EOF
                """, Format.OPENMETRICS);

        assertThat(page.families())
                .extracting(MetricFamily::name, MetricFamily::type, MetricFamily::unit)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("orders", MetricType.COUNTER, Optional.of("things")),
                        org.assertj.core.groups.Tuple.tuple("build", MetricType.INFO, Optional.empty()),
                        org.assertj.core.groups.Tuple.tuple("a.b", MetricType.UNTYPED, Optional.empty()));
        assertThat(page.families().getFirst().help()).contains("Said \"so\".");
        assertThat(page.families().getFirst().samples().getFirst().epochMillis())
                .hasValue(1_395_066_363_125L);
        assertThat(page.families().getLast().samples().getFirst().labels()).isEqualTo(Labels.named("a.b", "c.d", "e"));
    }

    static Stream<Arguments> badLines() {
        return Stream.of(
                Arguments.of("a{b=\"c\" 1", "expected ',' or '}' after a label, found '1'", 9),
                Arguments.of("a{b=\"c", "the value of label b never ends: no closing '\"'", 5),
                Arguments.of("a{b=\"c\\\"} 1", "the value of label b never ends: no closing '\"'", 5),
                Arguments.of("a{b=c} 1", "expected '\"' before the value of label b, found 'c} 1'", 5),
                Arguments.of("a{b} 1", "expected '=' after label b, found '} 1'", 4),
                Arguments.of("a{b:c=\"d\"} 1", "'b:c' is no label name", 3),
                Arguments.of("a{b=\"c\",b=\"d\"} 1", "label b stands twice", 9),
                Arguments.of("a{", "expected a label name or '}', found the end of the line", 3),
                Arguments.of("a", "expected a number, found the end of the line", 2),
                Arguments.of("a one", "expected a number, found 'one'", 3),
                Arguments.of("a 1 soon", "expected a timestamp, found 'soon'", 5),
                Arguments.of("a 1 2 3", "expected the end of the line, found '3'", 7),
                Arguments.of("a 1 # {x=\"y\"} 1", "expected the end of the line, found '# {x=\"y\"} 1'", 5),
                Arguments.of("1a 1", "expected a metric name, found '1a 1'", 1),
                Arguments.of("{b=\"c\"} 1", "no metric name", 1),
                Arguments.of("{\"\"} 1", "expected a label name or '}', found an empty one", 2),
                Arguments.of(
                        "# TYPE a thing", "expected counter, gauge, histogram, summary or untyped, found 'thing'", 10),
                Arguments.of("# TYPE a counter b", "expected the end of the line, found 'b'", 18),
                Arguments.of("# HELP", "expected a metric name, found the end of the line", 7));
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void whatIsWrongIsNamedWithItsPlace(String line, String problem, int column) {
        assertThatThrownBy(() -> Exposition.parse("fine 1\n" + line + "\nfine 2\n"))
                .isInstanceOfSatisfying(ExpositionException.class, e -> {
                    assertThat(e).hasMessage("2:" + column + ": " + problem);
                    assertThat(e.line()).isEqualTo(2);
                    assertThat(e.column()).isEqualTo(column);
                });
    }

    @Test
    void aCutOffPageIsNotTakenForTheWhole() {
        assertThatThrownBy(() -> Exposition.parse("a 1\n", Format.OPENMETRICS))
                .hasMessage("2:1: no '# EOF' at the end: the page was cut off");
        assertThatThrownBy(() -> Exposition.parse("# EOF\na 1\n", Format.OPENMETRICS))
                .hasMessage("2:1: '# EOF' was not the last line");
    }

    @Test
    void hugePagesAreReadOrRefusedQuickly() {
        assertThatThrownBy(() -> Exposition.parse("a{b=\"" + "x".repeat(10_000_000)))
                .hasMessage("1:1048577: line longer than 1048576 characters");
        assertThatThrownBy(() -> Exposition.parse("a{b=\"" + "\\".repeat(1_000_000)))
                .hasMessageContaining("never ends");
        assertThatThrownBy(() -> Exposition.parse("a " + "9".repeat(1_000_000)))
                .hasMessageContaining("expected a number");
        assertThatThrownBy(() -> Exposition.parse("a 1 1e999999999\n# EOF", Format.OPENMETRICS))
                .hasMessageContaining("expected a timestamp");
        assertThatThrownBy(() -> Exposition.parse("a 1 1e-999999999\n# EOF", Format.OPENMETRICS))
                .hasMessageContaining("expected a timestamp");
        assertThatThrownBy(() -> Exposition.parse("a{" + "b=\"c\",".repeat(100_000) + "} 1"))
                .hasMessageContaining("twice");
        assertThat(Exposition.parse("\n".repeat(10_000_000)).families()).isEmpty();
        StringBuilder families = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            families.append("# TYPE f")
                    .append(i)
                    .append(" counter\nf")
                    .append(i / 2)
                    .append("_total 1\n");
        }
        assertThat(Exposition.parse(families.toString()).samples()).hasSize(100_000);
    }
}
