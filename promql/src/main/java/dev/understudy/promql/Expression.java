package dev.understudy.promql;

import dev.understudy.promql.evaluation.Evaluator;
import dev.understudy.promql.evaluation.RangeEvaluation;
import dev.understudy.promql.evaluation.Settings;
import dev.understudy.promql.evaluation.Value;
import dev.understudy.promql.series.SeriesSource;
import dev.understudy.promql.syntax.Node;
import dev.understudy.promql.syntax.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A checked expression. Immutable; it may be evaluated as often as one likes.
public final class Expression {
    private final String text;
    private final Node root;

    Expression(String text, Node root) {
        this.text = text;
        this.root = root;
    }

    /// As it was written.
    public String text() {
        return text;
    }

    /// Its outermost part.
    public Node root() {
        return root;
    }

    /// What it yields.
    public ValueType type() {
        return root.type();
    }

    /// What it yields at `nanos` of the timeline, with Prometheus' usual settings.
    /// @throws dev.understudy.promql.syntax.PromQlException where Prometheus fails too, such as for
    ///     ambiguous matches
    public Value at(SeriesSource source, long nanos) {
        return at(source, nanos, Settings.USUAL);
    }

    /// What it yields at `nanos` of the timeline.
    /// @throws dev.understudy.promql.syntax.PromQlException where Prometheus fails too, such as for
    ///     ambiguous matches
    public Value at(SeriesSource source, long nanos, Settings settings) {
        return new Evaluator(text, source, settings, nanos).value(root);
    }

    /// What it yields at `from`, at each `step` after that, and up to `to`: a range query.
    /// @throws dev.understudy.promql.syntax.PromQlException as [#at], and for strings and range vectors
    public Value.Matrix over(SeriesSource source, long from, long to, Duration step) {
        return new RangeEvaluation(text, root, source, Settings.USUAL).over(from, to, step);
    }

    /// The selectors in it: an expression of which none finds a series says nothing about the system.
    public List<Node.Selector> selectors() {
        List<Node.Selector> found = new ArrayList<>();
        collect(root, found);
        return found;
    }

    private static void collect(Node node, List<Node.Selector> found) {
        if (node instanceof Node.Selector selector) {
            found.add(selector);
        }
        node.parts().forEach(part -> collect(part, found));
    }

    @Override
    public String toString() {
        return text;
    }
}
