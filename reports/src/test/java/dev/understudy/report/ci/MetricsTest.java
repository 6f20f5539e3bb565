package dev.understudy.report.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.report.SuiteEntry;
import dev.understudy.report.Summaries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {
    /// A sample as the OpenMetrics specification, version 1.0, has it, without time stamp and exemplar.
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)\\{((?:[a-z]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)+)\\} (-?[0-9]+(?:\\.[0-9]+)?)");

    @Test
    void everyFigureOfARunIsThereInSeconds() {
        assertThat(render(Summaries.noGoChange()))
                .contains("# TYPE understudy_recovery_seconds gauge\n# UNIT understudy_recovery_seconds seconds\n")
                .contains("understudy_recovery_seconds{scenario=\"orders-2.0\"} 9.24\n")
                .contains("understudy_detect_seconds{scenario=\"orders-2.0\"} 2.31\n")
                .contains("understudy_downtime_seconds{scenario=\"orders-2.0\"} 1.2\n")
                .contains("understudy_lost_writes{scenario=\"orders-2.0\"} 0\n")
                .contains("understudy_unserved_writes{scenario=\"orders-2.0\"} 14\n")
                .contains("understudy_step_seconds{scenario=\"orders-2.0\",step=\"drain\"} 0.33\n")
                .contains("understudy_gain_seconds{scenario=\"orders-2.0\"} 3.1\n");
    }

    @Test
    void whatWasNotMeasuredHasNoLine() {
        assertThat(render(Summaries.inconclusive())).isEqualTo("# EOF\n");
        assertThat(Metrics.render(List.of())).isEqualTo("# EOF\n");
        assertThat(Metrics.render(
                        List.of(SuiteEntry.prevented("a.yaml", SuiteEntry.Cause.BUG, "x", Optional.empty(), 70))))
                .isEqualTo("# EOF\n");
    }

    @Test
    void theTextIsOpenMetrics() {
        List<SuiteEntry> entries = new ArrayList<>();
        Summaries.all().forEach((name, run) -> entries.add(SuiteEntry.judged(name, run, "r", 0)));

        List<String> lines = List.of(Metrics.render(entries).split("\n", -1));

        assertThat(lines.subList(lines.size() - 2, lines.size())).containsExactly("# EOF", "");
        assertThat(lines.stream().filter("# EOF"::equals)).hasSize(1);
        Set<String> series = new HashSet<>();
        Set<String> families = new HashSet<>();
        String family = "";
        for (String line : lines.subList(0, lines.size() - 2)) {
            if (line.startsWith("# TYPE ")) {
                family = line.split(" ")[2];
                assertThat(families.add(family))
                        .as("one block a family: " + family)
                        .isTrue();
            } else if (line.startsWith("# UNIT ")) {
                assertThat(family).isEqualTo(line.split(" ")[2]).endsWith("_" + line.split(" ")[3]);
            } else if (!line.startsWith("# HELP ")) {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(sample.group(1)).isEqualTo(family);
                assertThat(series.add(sample.group(1) + sample.group(2)))
                        .as("twice: " + line)
                        .isTrue();
            }
        }
        assertThat(series).hasSizeGreaterThan(50);
    }

    private static String render(RunSummary run) {
        return Metrics.render(List.of(SuiteEntry.judged("a.yaml", run, "r", 0)));
    }
}
