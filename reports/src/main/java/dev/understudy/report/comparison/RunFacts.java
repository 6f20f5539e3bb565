package dev.understudy.report.comparison;

import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.Verdict.RollbackFinding;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What of a run is held against another one; read from its `run.json`, so that runs can be compared whose
/// journal is gone. Immutable. Times are nanoseconds; what is empty was not measured or not set.
///
/// @param perSecond requests a second that an arm got
public record RunFacts(
        Identity identity,
        Found found,
        Figures figures,
        Trials trials,
        List<Rule> rules,
        List<Step> steps,
        double perSecond) {

    /// Which run. `sources` are file names with their SHA-256.
    public record Identity(String runId, String scenario, long seed, Map<String, String> sources) {}

    /// What was concluded. `wayBack` is the bare word of the reversibility.
    public record Found(
            Decision decision, ChangeFinding change, RollbackFinding rollback, String wayBack, String reason) {}

    /// The key figures of the first trial.
    public record Figures(
            OptionalLong recovery,
            OptionalLong recoveryBudget,
            OptionalLong detect,
            OptionalLong downtime,
            OptionalLong downtimeBudget,
            OptionalLong lost,
            OptionalLong unserved) {}

    /// All trials of the configured order: how many, and the time to recovery of those that recovered.
    public record Trials(int count, List<Long> recoveries) {

        int failed() {
            return count - recoveries.size();
        }
    }

    /// A rule: the worst value of the candidate, and whether the candidate alone broke it.
    public record Rule(String id, String metric, String limit, OptionalDouble worst, boolean broke) {}

    /// A step: how its last attempt ended (`did not run` without any), and the time all took together.
    public record Step(String id, String outcome, OptionalLong took) {

        boolean isDone() {
            return outcome.equals("done");
        }
    }

    /// Reads a `run.json`; names that this version doesn't know are passed over.
    ///
    /// @param file as the user named it, for messages
    /// @throws dev.understudy.scenario.ScenarioException if the text is no `run.json` that can be read
    public static RunFacts read(String file, String json) {
        return new RunFile(file, json).facts();
    }
}
