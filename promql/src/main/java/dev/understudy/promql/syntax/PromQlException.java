package dev.understudy.promql.syntax;

/// An expression that can't be read or evaluated: where in it, and what is wrong.
public final class PromQlException extends RuntimeException {
    private final int line;
    private final int column;
    private final String problem;

    private PromQlException(int line, int column, String problem) {
        super(line + ":" + column + ": " + problem);
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    /// What is wrong at `offset` of `expression`.
    public static PromQlException at(String expression, int offset, String problem) {
        String before = expression.substring(0, Math.min(offset, expression.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new PromQlException(line, before.length() - before.lastIndexOf('\n'), problem);
    }

    /// The line in the expression, from 1.
    public int line() {
        return line;
    }

    /// The character in that line, from 1.
    public int column() {
        return column;
    }

    /// What is wrong, without the place.
    public String problem() {
        return problem;
    }
}
