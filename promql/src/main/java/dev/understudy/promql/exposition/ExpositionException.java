package dev.understudy.promql.exposition;

/// A metrics page that can't be read: where, counted from 1, and what is wrong.
public final class ExpositionException extends RuntimeException {
    private final int line;
    private final int column;

    ExpositionException(int line, int column, String message) {
        super(line + ":" + column + ": " + message);
        this.line = line;
        this.column = column;
    }

    /// The line, from 1.
    public int line() {
        return line;
    }

    /// The character in the line, from 1.
    public int column() {
        return column;
    }
}
