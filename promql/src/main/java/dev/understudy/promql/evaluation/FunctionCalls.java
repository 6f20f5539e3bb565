package dev.understudy.promql.evaluation;

import dev.understudy.promql.series.Labels;
import dev.understudy.promql.syntax.Function;
import dev.understudy.promql.syntax.Node;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// One call of a function (https://prometheus.io/docs/prometheus/latest/querying/functions/).
final class FunctionCalls {
    private final Evaluator evaluator;
    private final Node.Call call;
    private final List<Node> arguments;

    FunctionCalls(Evaluator evaluator, Node.Call call) {
        this.evaluator = evaluator;
        this.call = call;
        this.arguments = call.arguments();
    }

    Value value() {
        @Nullable DoubleUnaryOperator change = Elementwise.TABLE.get(call.function());
        @Nullable OverTime overTime = OverTime.TABLE.get(call.function());
        @Nullable ToIntFunction<OffsetDateTime> part = Calendar.TABLE.get(call.function());
        if (change != null) {
            return changed(change);
        }
        if (overTime != null) {
            return overTime(arguments.getFirst(), overTime);
        }
        return part != null ? date(part) : other();
    }

    private Value other() {
        return switch (call.function()) {
            case ABSENT -> absent(evaluator.vector(arguments.getFirst()).isEmpty());
            case ABSENT_OVER_TIME ->
                absent(evaluator.windows(arguments.getFirst()).isEmpty());
            case CLAMP -> clamped();
            case CLAMP_MAX -> bounded(Math::min);
            case CLAMP_MIN -> bounded(Math::max);
            case HISTOGRAM_QUANTILE -> vector(HistogramQuantile.of(number(0), evaluator.vector(arguments.get(1))));
            case LABEL_JOIN -> vector(LabelFunctions.joined(evaluator.vector(arguments.getFirst()), texts()));
            case LABEL_REPLACE -> vector(LabelFunctions.replaced(evaluator.vector(arguments.getFirst()), texts()));
            case PREDICT_LINEAR -> overTime(arguments.getFirst(), OverTime.prediction(number(1), evaluator.nanos()));
            case QUANTILE_OVER_TIME -> quantileOverTime();
            case ROUND -> rounded();
            case SCALAR_OF -> new Value.Scalar(single(evaluator.vector(arguments.getFirst())));
            case SORT -> sorted(Order.ASCENDING);
            case SORT_DESC -> sorted(Order.DESCENDING);
            case TIME -> new Value.Scalar(evaluator.epochSeconds());
            case TIMESTAMP -> timestamps();
            case VECTOR_OF -> new Value.Vector(List.of(new Sample(Labels.NONE, number(0))));
            default -> throw evaluator.error(call, call.function().word() + " has no meaning yet");
        };
    }

    private Value changed(DoubleUnaryOperator change) {
        return evaluator.changed(call, arguments.getFirst(), change);
    }

    private Value vector(List<Sample> samples) {
        return new Value.Vector(evaluator.distinct(call, samples));
    }

    private double number(int index) {
        return evaluator.scalar(arguments.get(index));
    }

    /// The arguments behind the first.
    private List<String> texts() {
        return arguments.stream().skip(1).map(evaluator::string).toList();
    }

    private Value overTime(Node range, OverTime overTime) {
        List<Sample> samples = new ArrayList<>();
        for (Window window : evaluator.windows(range)) {
            OptionalDouble value = overTime.over(window);
            if (value.isPresent()) {
                Labels labels = call.function() == Function.LAST_OVER_TIME
                        ? window.labels()
                        : window.labels().unnamed();
                samples.add(new Sample(labels, value.getAsDouble()));
            }
        }
        return vector(samples);
    }

    private Value quantileOverTime() {
        double share = number(0);
        return overTime(arguments.get(1), OverTime.of(values -> Statistics.quantile(share, values)));
    }

    private Value date(ToIntFunction<OffsetDateTime> part) {
        if (arguments.isEmpty()) {
            double now = Calendar.of(part, evaluator.epochSeconds());
            return new Value.Vector(List.of(new Sample(Labels.NONE, now)));
        }
        return changed(value -> Calendar.of(part, value));
    }

    private Value absent(boolean absent) {
        return new Value.Vector(
                absent ? List.of(new Sample(LabelFunctions.demanded(arguments.getFirst()), 1)) : List.of());
    }

    private Value clamped() {
        double least = number(1);
        double greatest = number(2);
        return least > greatest
                ? new Value.Vector(List.of())
                : changed(value -> Elementwise.clamp(value, least, greatest));
    }

    private Value bounded(java.util.function.DoubleBinaryOperator bound) {
        double limit = number(1);
        return changed(value -> bound.applyAsDouble(value, limit));
    }

    private Value rounded() {
        double multiple = arguments.size() > 1 ? number(1) : 1;
        return changed(value -> Elementwise.round(value, multiple));
    }

    private static double single(List<Sample> samples) {
        return samples.size() == 1 ? samples.getFirst().value() : Double.NaN;
    }

    private Value sorted(Comparator<Sample> order) {
        return new Value.Vector(
                evaluator.vector(arguments.getFirst()).stream().sorted(order).toList());
    }

    // Only a selector has times of its own; any other value is as old as the instant.
    private Value timestamps() {
        if (!(arguments.getFirst() instanceof Node.Selector selector)) {
            return changed(value -> evaluator.epochSeconds());
        }
        return vector(evaluator.times(selector).stream()
                .map(sample -> sample.unnamed(sample.value()))
                .toList());
    }
}
