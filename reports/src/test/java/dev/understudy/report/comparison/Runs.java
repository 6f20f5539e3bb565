package dev.understudy.report.comparison;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.report.RunJson;
import dev.understudy.report.Summaries;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;

/// Runs to compare.
final class Runs {
    private Runs() {}

    static RunFacts of(RunSummary run) {
        return RunFacts.read("run.json", RunJson.render(run));
    }

    /// A GO with one step, whose trials recovered in these seconds, of a budget of 30 s.
    static RunFacts recoveringIn(double... seconds) {
        return new RunFacts(
                new RunFacts.Identity("run", "shop", 1, Map.of()),
                new RunFacts.Found(
                        Decision.GO, ChangeFinding.HEALTHY, RollbackFinding.PROVEN, "REVERSIBLE", "all is well"),
                new RunFacts.Figures(
                        OptionalLong.of(Summaries.seconds(seconds[0])),
                        OptionalLong.of(Summaries.seconds(30)),
                        OptionalLong.empty(),
                        OptionalLong.of(Summaries.seconds(0.5)),
                        OptionalLong.of(Summaries.seconds(5)),
                        OptionalLong.of(0),
                        OptionalLong.of(3)),
                new RunFacts.Trials(
                        seconds.length,
                        DoubleStream.of(seconds).mapToObj(Summaries::seconds).toList()),
                List.of(new RunFacts.Rule("slow", "latency-p99", "400ms", OptionalDouble.of(0.2), false)),
                List.of(new RunFacts.Step("orders", "done", OptionalLong.of(Summaries.seconds(2)))),
                100);
    }

    static RunFacts with(RunFacts run, RunFacts.Figures figures) {
        return new RunFacts(
                run.identity(), run.found(), figures, run.trials(), run.rules(), run.steps(), run.perSecond());
    }

    static RunFacts with(RunFacts run, RunFacts.Trials trials) {
        return new RunFacts(
                run.identity(), run.found(), run.figures(), trials, run.rules(), run.steps(), run.perSecond());
    }

    static RunFacts withSteps(RunFacts run, List<RunFacts.Step> steps) {
        return new RunFacts(
                run.identity(), run.found(), run.figures(), run.trials(), run.rules(), steps, run.perSecond());
    }

    static RunFacts withRules(RunFacts run, List<RunFacts.Rule> rules) {
        return new RunFacts(
                run.identity(), run.found(), run.figures(), run.trials(), rules, run.steps(), run.perSecond());
    }

    static RunFacts with(RunFacts run, RunFacts.Identity identity, double perSecond) {
        return new RunFacts(identity, run.found(), run.figures(), run.trials(), run.rules(), run.steps(), perSecond);
    }
}
