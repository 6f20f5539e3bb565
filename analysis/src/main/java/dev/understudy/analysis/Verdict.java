package dev.understudy.analysis;

import dev.understudy.scenario.Place;
import java.util.Optional;

/// What a rehearsal concludes: a decision, the one sentence that says why, and the rule or step that
/// decided.
///
/// @param place of the rule, step or key that decided
/// @param measure number against budget, ready to print: `31.2 s of 30 s`; empty if no number decided
public record Verdict(
        Decision decision,
        ChangeFinding change,
        RollbackFinding rollback,
        Reversibility reversibility,
        String reason,
        Optional<String> decidedBy,
        Optional<Place> place,
        String measure) {

    /// The three answers.
    public enum Decision {
        GO,
        NO_GO,
        INCONCLUSIVE
    }

    /// What is known of the change.
    public enum ChangeFinding {
        HEALTHY,
        BREACHED,
        UNKNOWN
    }

    /// What is known of the rollback.
    public enum RollbackFinding {
        PROVEN,
        FAILED,
        UNTESTED
    }

    /// Whether there is a way back.
    public sealed interface Reversibility {
        /// Recovered, nothing lost.
        record Reversible() implements Reversibility {
            @Override
            public String toString() {
                return "REVERSIBLE";
            }
        }

        /// Recovered, something lost.
        record WithLoss(long rows, double seconds) implements Reversibility {
            @Override
            public String toString() {
                return "REVERSIBLE_WITH_LOSS(" + rows + (rows == 1 ? " row, " : " rows, ")
                        + String.format(java.util.Locale.ROOT, "%.1f s)", seconds);
            }
        }

        /// No way back; `why` says what stands in it.
        record OneWay(String why) implements Reversibility {
            @Override
            public String toString() {
                return "ONE_WAY";
            }
        }

        /// The rollback was not tried, or not far enough to tell.
        record Untold() implements Reversibility {
            @Override
            public String toString() {
                return "UNKNOWN";
            }
        }

        /// The bare word, as scenarios expect it.
        default String word() {
            return switch (this) {
                case Reversible _ -> "REVERSIBLE";
                case WithLoss _ -> "REVERSIBLE_WITH_LOSS";
                case OneWay _ -> "ONE_WAY";
                case Untold _ -> "UNKNOWN";
            };
        }
    }
}
