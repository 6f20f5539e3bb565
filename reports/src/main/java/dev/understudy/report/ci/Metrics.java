package dev.understudy.report.ci;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.StepReading;
import dev.understudy.report.SuiteEntry;
import dev.understudy.report.SuiteEntry.Outcome;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Renders the figures of all scenarios as OpenMetrics text (version 1.0), which GitLab shows beside those of the
/// target branch. Times are seconds. What was not measured has no line: it is never 0. Pure and thread-safe.
public final class Metrics {
    private static final int NANOS = 9;

    /// A family of metrics: its lines by label set, in the order of the scenarios.
    private record Family(String name, String unit, String help, Map<String, String> samples) {}

    private final Map<String, Family> families = new LinkedHashMap<>();

    private Metrics() {
        family("understudy_recovery_seconds", "seconds", "From the first step of the rollback until recovered.");
        family("understudy_detect_seconds", "seconds", "From the first bad request to the breach.");
        family("understudy_downtime_seconds", "seconds", "Time in which every request failed.");
        family("understudy_lost_writes", "writes", "Acknowledged writes that are gone after the rollback.");
        family("understudy_unserved_writes", "writes", "Writes that were never acknowledged.");
        family("understudy_step_seconds", "seconds", "Time that a step of the rollback took, all attempts.");
        family("understudy_gain_seconds", "seconds", "Median gain of the better order over the present one.");
    }

    /// The whole file.
    public static String render(List<SuiteEntry> entries) {
        Metrics metrics = new Metrics();
        Map<String, Integer> seen = new TreeMap<>();
        for (SuiteEntry entry : entries) {
            if (entry.outcome() instanceof Outcome.Judged judged) {
                String scenario = judged.run().identity().scenario();
                int nth = seen.merge(scenario, 1, Integer::sum);
                String labels = "scenario=\"" + escaped(scenario) + "\"" + (nth > 1 ? ",nth=\"" + nth + "\"" : "");
                metrics.add(labels, judged.run());
            }
        }
        return metrics.text();
    }

    private void add(String labels, RunSummary run) {
        time("understudy_recovery_seconds", labels, run.figures().recovery());
        time("understudy_detect_seconds", labels, run.figures().detect());
        time("understudy_downtime_seconds", labels, run.figures().downtime());
        count("understudy_lost_writes", labels, run.figures().lost());
        count("understudy_unserved_writes", labels, run.figures().unserved());
        for (StepReading step : run.steps()) {
            if (step.began().isPresent() && step.ended().isPresent()) {
                long took = step.ended().getAsLong() - step.began().getAsLong();
                time("understudy_step_seconds", labels + ",step=\"" + escaped(step.id()) + "\"", OptionalLong.of(took));
            }
        }
        run.plan()
                .filter(plan -> !plan.pairs().isEmpty())
                .ifPresent(plan -> time("understudy_gain_seconds", labels, OptionalLong.of(plan.medianGainNanos())));
    }

    private void family(String name, String unit, String help) {
        families.put(name, new Family(name, unit, help, new LinkedHashMap<>()));
    }

    private void time(String family, String labels, OptionalLong nanos) {
        nanos.ifPresent(value -> put(
                family,
                labels,
                BigDecimal.valueOf(value, NANOS).stripTrailingZeros().toPlainString()));
    }

    private void count(String family, String labels, OptionalLong count) {
        count.ifPresent(value -> put(family, labels, Long.toString(value)));
    }

    private void put(String family, String labels, String value) {
        Family of = families.get(family);
        if (of != null) {
            of.samples().put(labels, value);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (Family family : families.values()) {
            if (!family.samples().isEmpty()) {
                String name = family.name();
                text.append("# TYPE ").append(name).append(" gauge\n");
                text.append("# UNIT ")
                        .append(name)
                        .append(' ')
                        .append(family.unit())
                        .append('\n');
                text.append("# HELP ")
                        .append(name)
                        .append(' ')
                        .append(family.help())
                        .append('\n');
                family.samples()
                        .forEach((labels, value) -> text.append(name)
                                .append('{')
                                .append(labels)
                                .append("} ")
                                .append(value)
                                .append('\n'));
            }
        }
        return text.append("# EOF\n").toString();
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\R|[\\p{Cntrl}]", " ");
    }
}
