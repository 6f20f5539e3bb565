package dev.understudy.analysis.rules;

import dev.understudy.scenario.MetricSource;
import dev.understudy.scenario.StabilityRule.Metric;
import dev.understudy.scenario.StabilityRule.Resource;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalDouble;

/// Values of metrics as people read them. Locale-independent.
public final class Values {
    private static final long SECOND = 1_000_000_000L;

    private Values() {}

    /// A value in the unit of its metric: `31.0 %`, `412 ms`, `2`; `no data` without one.
    public static String text(Metric metric, OptionalDouble value) {
        if (value.isEmpty() || Double.isNaN(value.getAsDouble())) {
            return "no data";
        }
        double number = value.getAsDouble();
        return switch (metric) {
            case Metric.ErrorRate _, Metric.Status _ -> percent(number);
            case Metric.Latency _ -> duration(Math.round(number * 1e9));
            case Metric.ProcessExit _ -> Long.toString(Math.round(number));
            case Metric.Use(Resource resource) -> use(resource, number);
            case Metric.Sampled(MetricSource source) ->
                source.measure() == MetricSource.Measure.FAILURES ? percent(number) : plain(number);
        };
    }

    private static String use(Resource resource, double number) {
        return switch (resource) {
            case CPU -> plain(number) + " cores";
            case MEMORY -> plain(number / (1 << 20)) + " MiB";
            case THREADS, RESTARTS -> plain(number);
            case DISK_READ, DISK_WRITTEN, NETWORK_RECEIVED, NETWORK_SENT -> plain(number / (1 << 20)) + " MiB/s";
        };
    }

    /// A number with as many digits as tell it from its neighbours: `4`, `0.0213`, `1250`.
    private static String plain(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        String text =
                new BigDecimal(number, new MathContext(4)).stripTrailingZeros().toPlainString();
        return text.length() > 20 ? Double.toString(number) : text;
    }

    /// A share as `31.0 %`.
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /// A duration as `412 ms` below a second, `1.54 s` below ten, `31.2 s` above: three digits tell a value from
    /// its limit.
    public static String duration(long nanos) {
        long size = Math.abs(nanos);
        if (size < SECOND) {
            return Math.round(nanos / 1e6) + " ms";
        }
        return String.format(Locale.ROOT, size < 10 * SECOND ? "%.2f s" : "%.1f s", nanos / 1e9);
    }
}
