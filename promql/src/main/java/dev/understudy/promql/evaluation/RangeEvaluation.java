package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.SeriesSource;
import dev.understudy.promql.syntax.Node;
import dev.understudy.promql.syntax.PromQlException;
import dev.understudy.promql.syntax.ValueType;
import java.time.Duration;
import java.util.List;

/// An expression at one instant after another.
public final class RangeEvaluation {
    private final String text;
    private final Node root;
    private final SeriesSource source;
    private final Settings settings;

    /// @param text of the whole expression `root`
    public RangeEvaluation(String text, Node root, SeriesSource source, Settings settings) {
        this.text = text;
        this.root = root;
        this.source = source;
        this.settings = settings;
    }

    /// The values at `from`, at each `step` after that, and up to `to`; a scalar is a series without
    /// labels.
    /// @throws PromQlException for a string or a range vector, and where the evaluation fails
    public Value.Matrix over(long from, long to, Duration step) {
        if (root.type() != ValueType.SCALAR && root.type() != ValueType.VECTOR) {
            throw PromQlException.at(text, root.offset(), "only a scalar or an instant vector has a value over time");
        }
        if (step.isZero() || step.isNegative()) {
            throw new IllegalArgumentException("step " + step + " is not longer than 0");
        }
        Subqueries.Tracks tracks = new Subqueries.Tracks();
        for (long at = from; at <= to; at += step.toNanos()) {
            tracks.add(at, samples(new Evaluator(text, source, settings, at).value(root)));
        }
        return new Value.Matrix(tracks.tracks());
    }

    private static List<Sample> samples(Value value) {
        return value instanceof Value.Vector vector
                ? vector.samples()
                : value instanceof Value.Scalar scalar ? List.of(new Sample(Labels.NONE, scalar.value())) : List.of();
    }
}
