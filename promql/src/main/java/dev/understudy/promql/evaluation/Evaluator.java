package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.Nanos;
import dev.understudy.promql.series.Points;
import dev.understudy.promql.series.Series;
import dev.understudy.promql.series.SeriesSource;
import dev.understudy.promql.syntax.Node;
import dev.understudy.promql.syntax.Operator;
import dev.understudy.promql.syntax.PromQlException;
import dev.understudy.promql.syntax.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/// Evaluates the parts of one expression at one instant. Not thread-safe.
public final class Evaluator {
    private final String text;
    private final SeriesSource source;
    private final Settings settings;
    private final Budget budget;
    private final long nanos;

    /// @param text the whole expression, for the places in errors
    /// @param nanos the instant on the timeline
    public Evaluator(String text, SeriesSource source, Settings settings, long nanos) {
        this(text, source, settings, new Budget(settings.mostSamples()), nanos);
    }

    private Evaluator(String text, SeriesSource source, Settings settings, Budget budget, long nanos) {
        this.text = text;
        this.source = source;
        this.settings = settings;
        this.budget = budget;
        this.nanos = nanos;
    }

    /// The same for another instant, on the same budget.
    Evaluator at(long other) {
        return new Evaluator(text, source, settings, budget, other);
    }

    SeriesSource source() {
        return source;
    }

    Settings settings() {
        return settings;
    }

    /// The instant, in seconds since 1970.
    double epochSeconds() {
        return source.epochSeconds(nanos);
    }

    long nanos() {
        return nanos;
    }

    PromQlException error(Node node, String problem) {
        return PromQlException.at(text, node.offset(), problem);
    }

    /// What `node` yields.
    /// @throws PromQlException where Prometheus fails too, such as for ambiguous matches, or if it takes
    ///     too much
    public Value value(Node node) {
        return switch (node) {
            case Node.Number number -> new Value.Scalar(number.value());
            case Node.Text literal -> new Value.Text(literal.value());
            case Node.Selector selector -> new Value.Vector(selected(selector));
            case Node.Range range -> matrix(range);
            case Node.Subquery subquery -> matrix(subquery);
            case Node.Negation negation -> negated(negation);
            case Node.Binary binary -> binary(binary);
            case Node.Aggregation aggregation -> new Value.Vector(new Aggregations(this, aggregation).samples());
            case Node.Call call -> new FunctionCalls(this, call).value();
        };
    }

    double scalar(Node node) {
        return value(node) instanceof Value.Scalar scalar ? scalar.value() : Double.NaN;
    }

    String string(Node node) {
        return value(node) instanceof Value.Text literal ? literal.value() : "";
    }

    List<Sample> vector(Node node) {
        return value(node) instanceof Value.Vector vector ? vector.samples() : List.of();
    }

    /// The series of a range vector that have any sample in it.
    List<Window> windows(Node node) {
        return switch (node) {
            case Node.Range range -> windows(range);
            case Node.Subquery subquery -> new Subqueries(this, subquery).windows();
            default -> List.of();
        };
    }

    private List<Window> windows(Node.Range range) {
        long to = Nanos.minus(nanos, range.selector().shift());
        long from = Nanos.minus(to, range.length());
        List<Window> windows = new ArrayList<>();
        for (Series series : source.select(range.selector().matchers())) {
            Points points = series.between(from, to);
            spend(range, points.size());
            if (points.size() > 0) {
                windows.add(new Window(series.labels(), points, from, to));
            }
        }
        return windows;
    }

    private Value matrix(Node node) {
        return new Value.Matrix(windows(node).stream()
                .map(window -> new Value.Track(window.labels(), window.points()))
                .toList());
    }

    private List<Sample> selected(Node.Selector selector) {
        return latest(selector, Series::value);
    }

    /// When the samples that a selector finds were taken, in seconds since 1970.
    List<Sample> times(Node.Selector selector) {
        return latest(selector, (series, index) -> source.epochSeconds(series.nanos(index)));
    }

    private interface Reading {
        double of(Series series, int index);
    }

    private List<Sample> latest(Node.Selector selector, Reading reading) {
        long at = Nanos.minus(nanos, selector.shift());
        List<Sample> samples = new ArrayList<>();
        for (Series series : source.select(selector.matchers())) {
            OptionalInt index = series.latest(at, settings.lookback().toNanos());
            if (index.isPresent()) {
                samples.add(new Sample(series.labels(), reading.of(series, index.getAsInt())));
            }
        }
        spend(selector, samples.size());
        return samples;
    }

    void spend(Node node, int samples) {
        if (!budget.spend(samples)) {
            throw error(node, "more than " + budget.limit() + " samples to look at");
        }
    }

    private Value negated(Node.Negation negation) {
        return negation.type() == ValueType.SCALAR
                ? new Value.Scalar(-scalar(negation.operand()))
                : changed(negation, negation.operand(), value -> -value);
    }

    private Value binary(Node.Binary binary) {
        Value left = value(binary.left());
        Value right = value(binary.right());
        if (left instanceof Value.Vector many && right instanceof Value.Vector others) {
            return new Value.Vector(new VectorMatch(this, binary).samples(many.samples(), others.samples()));
        }
        if (left instanceof Value.Scalar a && right instanceof Value.Scalar b) {
            return new Value.Scalar(
                    Operations.apply(binary, a.value(), b.value()).orElse(0));
        }
        return withScalar(binary, left, right);
    }

    private Value withScalar(Node.Binary binary, Value left, Value right) {
        boolean vectorLeft = left instanceof Value.Vector;
        Value.Vector vector = (Value.Vector) (vectorLeft ? left : right);
        double scalar = ((Value.Scalar) (vectorLeft ? right : left)).value();
        boolean filter = binary.operator().kind() == Operator.Kind.COMPARISON && !binary.bool();
        List<Sample> samples = new ArrayList<>();
        for (Sample sample : vector.samples()) {
            OptionalDouble result = vectorLeft
                    ? Operations.apply(binary, sample.value(), scalar)
                    : Operations.apply(binary, scalar, sample.value());
            if (result.isPresent()) {
                samples.add(filter ? sample : sample.unnamed(result.getAsDouble()));
            }
        }
        return new Value.Vector(distinct(binary, samples));
    }

    /// Every element of the vector `operand`, changed, without the metric's name.
    Value changed(Node node, Node operand, DoubleUnaryOperator change) {
        return new Value.Vector(distinct(
                node,
                vector(operand).stream()
                        .map(sample -> sample.unnamed(change.applyAsDouble(sample.value())))
                        .toList()));
    }

    /// `samples`, if no two of them have the same labels.
    List<Sample> distinct(Node node, List<Sample> samples) {
        Set<Labels> seen = new HashSet<>();
        for (Sample sample : samples) {
            if (!seen.add(sample.labels())) {
                throw error(node, "two elements would have the same labels " + sample.labels());
            }
        }
        return samples;
    }
}
