package dev.understudy.report;

import dev.understudy.analysis.RunSummary;

/// Renders one run as `run.json`: all of the summary, for machines. Times are nanoseconds, shares 0..1,
/// latencies of rules seconds; `null` is "not measured" or "not set"; places are `file:line:col`. Names are
/// those of the records in [RunSummary]. Pure and thread-safe.
public final class RunJson {

    /// The version of the format: raised when a name goes or changes its meaning, not when one is added.
    public static final int SCHEMA = 1;

    private record RunFile(int schema, String kind, RunSummary summary) {}

    private RunJson() {}

    /// The whole file.
    public static String render(RunSummary run) {
        return StableJson.write(new RunFile(SCHEMA, "understudy-run", run));
    }
}
