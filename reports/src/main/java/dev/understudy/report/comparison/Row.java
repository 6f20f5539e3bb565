package dev.understudy.report.comparison;

/// One thing of two runs side by side, in words, and what became of it.
///
/// @param why what the outcome rests on; empty if the values say it themselves
public record Row(Part part, String what, String before, String after, Outcome outcome, String why) {

    /// What a row is about.
    public enum Part {
        VERDICT,
        FIGURE,
        RULE,
        STEP
    }

    /// What became of it.
    public enum Outcome {
        /// The later run is worse.
        WORSE("worse"),
        /// The later run is better.
        BETTER("better"),
        /// Equal, or no further apart than chance may bring.
        SAME("same"),
        /// Shown only: a difference says nothing by itself, or one of the runs doesn't have it.
        NOT_JUDGED("not judged");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /// As a reader says it.
        public String word() {
            return word;
        }
    }

    Row(Part part, String what, String before, String after, Judged judged) {
        this(part, what, before, after, judged.outcome(), judged.why());
    }

    /// An outcome with what it rests on.
    record Judged(Outcome outcome, String why) {}

    /// Outcome and reason in one: `worse: 2.1 s more than noise`.
    public String said() {
        return outcome.word() + (why.isEmpty() ? "" : ": " + why);
    }
}
