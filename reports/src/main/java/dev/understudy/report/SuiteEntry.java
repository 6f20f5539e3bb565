package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.report.comparison.Comparison;
import dev.understudy.scenario.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What came of one scenario of a command.
///
/// @param file the scenario as the user named it
/// @param exitCode its own exit code, before the codes of several scenarios are put together
public record SuiteEntry(String file, Outcome outcome, int exitCode) {

    /// A verdict, or what prevented one.
    public sealed interface Outcome {

        /// It was rehearsed and judged.
        ///
        /// @param left what of the shadow could not be removed
        /// @param betterOrder `plan.yaml`, if a better order of the rollback was kept
        /// @param comparison the run against its baseline, if it has one
        record Judged(
                RunSummary run,
                String reportPath,
                List<String> left,
                Optional<String> betterOrder,
                Optional<Comparison> comparison)
                implements Outcome {

            /// Neither a better order nor a baseline.
            public Judged(RunSummary run, String reportPath, List<String> left) {
                this(run, reportPath, left, Optional.empty(), Optional.empty());
            }

            /// The same with what of its shadow could not be removed.
            public Judged leaving(List<String> remains) {
                return new Judged(run, reportPath, List.copyOf(remains), betterOrder, comparison);
            }
        }

        /// There is no verdict. `runId` and `reportPath` are empty if it failed before a run began.
        record Prevented(
                Cause cause, String message, Optional<Place> place, Optional<String> runId, Optional<String> reportPath)
                implements Outcome {}
    }

    /// What can prevent a verdict.
    public enum Cause {
        /// The scenario is wrong.
        SCENARIO,
        /// Something outside Understudy and the scenario failed.
        ENVIRONMENT,
        /// The user stopped the run.
        INTERRUPTED,
        /// Understudy itself failed.
        BUG,
        /// An earlier problem of the same command ended it first.
        NOT_STARTED;

        /// As a reader says it: `not started`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /// A scenario with a verdict, of which nothing was left behind.
    public static SuiteEntry judged(String file, RunSummary run, String reportPath, int exitCode) {
        return new SuiteEntry(file, new Outcome.Judged(run, reportPath, List.of()), exitCode);
    }

    /// A scenario without a verdict that never became a run.
    public static SuiteEntry prevented(String file, Cause cause, String message, Optional<Place> place, int exitCode) {
        return new SuiteEntry(
                file, new Outcome.Prevented(cause, message, place, Optional.empty(), Optional.empty()), exitCode);
    }
}
