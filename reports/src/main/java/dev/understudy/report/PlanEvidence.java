package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.Pair;
import dev.understudy.analysis.RunSummary.PlanReading;
import dev.understudy.report.words.Words;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;

/// What a better order rests on, in lines: how often it was measured, the worst of it, under which load, on how
/// much data. A figure holds for that load and size, so they stand beside it. Pure.
final class PlanEvidence {
    private PlanEvidence() {}

    static List<String> lines(RunSummary run, PlanReading plan) {
        RunSummary.TrafficReading traffic = run.traffic();
        return List.of(
                "Measured in " + run.identity().runId() + ", n = "
                        + plan.pairs().size()
                        + " alternating pairs: recovery is " + Words.duration(plan.medianGainNanos())
                        + " shorter in the median; the order before differs from itself by "
                        + Words.duration(plan.spreadNanos()) + ".",
                "Worst of n: " + worst(plan, Pair::proposed) + " in this order, " + worst(plan, Pair::present)
                        + " in the one before.",
                "Load: " + String.format(Locale.ROOT, "%.0f", traffic.perSecond()) + " requests/s an arm"
                        + share(traffic) + ".",
                "Size: "
                        + run.data().stream()
                                .mapToLong(RunSummary.DataReading::compared)
                                .sum()
                        + " rows compared. Under another load or size: measure again.");
    }

    private static String worst(PlanReading plan, Function<Pair, OptionalLong> order) {
        List<OptionalLong> all = plan.pairs().stream().map(order).toList();
        return all.isEmpty() || all.stream().anyMatch(OptionalLong::isEmpty)
                ? "not recovered"
                : Words.duration(
                        all.stream().mapToLong(OptionalLong::orElseThrow).max().orElseThrow());
    }

    private static String share(RunSummary.TrafficReading traffic) {
        return traffic.seen() == 0
                ? ""
                : ", " + String.format(Locale.ROOT, "%.0f", 100.0 * traffic.delivered() / traffic.seen())
                        + " % of the exchanges that live was seen to have";
    }
}
