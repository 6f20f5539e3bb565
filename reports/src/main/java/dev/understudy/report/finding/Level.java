package dev.understudy.report.finding;

/// How grave a finding is, gravest first; the words are those of SARIF.
public enum Level {
    /// It is why the verdict is NO_GO, or why there is none.
    ERROR("error"),
    /// Somebody has to look at it; it stops nothing by itself.
    WARNING("warning"),
    /// Worth knowing.
    NOTE("note");

    private final String word;

    Level(String word) {
        this.word = word;
    }

    /// As files say it.
    public String word() {
        return word;
    }

    /// The milder of the two.
    Level atMost(Level other) {
        return compareTo(other) < 0 ? other : this;
    }
}
