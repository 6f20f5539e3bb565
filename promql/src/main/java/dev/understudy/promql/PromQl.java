package dev.understudy.promql;

import dev.understudy.promql.syntax.Parser;

/// The common subset of PromQL. What is in it: this module's README.
public final class PromQl {
    private PromQl() {}

    /// Reads an expression and checks its types.
    /// @throws dev.understudy.promql.syntax.PromQlException with line and column within `text` for the
    ///     first thing
    ///     that is wrong or not supported
    public static Expression parse(String text) {
        return new Expression(text, Parser.parse(text));
    }
}
