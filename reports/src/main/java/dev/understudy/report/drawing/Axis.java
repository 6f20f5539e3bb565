package dev.understudy.report.drawing;

import java.util.ArrayList;
import java.util.List;

/// A straight scale from values to places in a drawing, with ticks at round values.
record Axis(double low, double high, double from, double to) {

    /// Where `value` is drawn. Values outside the scale lie outside the drawing.
    double at(double value) {
        double span = high - low;
        return span <= 0 ? from : from + (value - low) / span * (to - from);
    }

    /// Where a time in nanoseconds is drawn: to the pixel, a double is exact enough.
    double at(long nanos) {
        return at((double) nanos);
    }

    /// Round values between `low` and `high`, about `wanted` of them, at 1, 2 or 5 times a power of ten.
    List<Double> ticks(int wanted) {
        List<Double> ticks = new ArrayList<>();
        double step = step((high - low) / Math.max(wanted, 1));
        if (step <= 0) {
            return List.of(low);
        }
        long first = (long) Math.ceil(low / step - 1e-9);
        for (long n = first; n * step <= high + step * 1e-9; n++) {
            ticks.add(n * step);
        }
        return ticks;
    }

    /// Ticks for a scale in nanoseconds, which is read in minutes when it is long.
    List<Double> timeTicks(int wanted) {
        double rough = (high - low) / Math.max(wanted, 1) / 1e9;
        for (double round : new double[] {15, 30, 60, 120, 300, 600, 900, 1800, 3600}) {
            if (rough > 10 && rough <= round) {
                return multiples(round * 1e9);
            }
        }
        return ticks(wanted);
    }

    private List<Double> multiples(double step) {
        List<Double> ticks = new ArrayList<>();
        for (long n = (long) Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n++) {
            ticks.add(n * step);
        }
        return ticks;
    }

    private static double step(double rough) {
        if (!(rough > 0) || Double.isInfinite(rough)) {
            return 0;
        }
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double round : new double[] {1, 2, 5}) {
            if (rough <= round * power * (1 + 1e-9)) {
                return round * power;
            }
        }
        return 10 * power;
    }
}
