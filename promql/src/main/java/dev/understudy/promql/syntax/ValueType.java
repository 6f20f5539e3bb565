package dev.understudy.promql.syntax;

/// What an expression yields.
public enum ValueType {
    /// A number.
    SCALAR("a scalar"),
    /// One value for each series.
    VECTOR("an instant vector"),
    /// Samples over a time for each series.
    RANGE("a range vector"),
    /// A text.
    STRING("a string");

    private final String shown;

    ValueType(String shown) {
        this.shown = shown;
    }

    String shown() {
        return shown;
    }
}
