package dev.understudy.runtime.simulated;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long something takes: a lognormal distribution, the usual shape of service times.
///
/// @param median half of the draws are below it
/// @param sigma the standard deviation of the logarithm; 0 always gives the median, 0.5 a p99 of 3.2 medians
public record Lognormal(Duration median, double sigma) {
    public Lognormal {
        if (median.isNegative() || !(sigma >= 0 && sigma <= 3)) {
            throw new IllegalArgumentException("median " + median + " and sigma " + sigma + ": need >= 0, and 0..3");
        }
    }

    /// Always the same.
    public static Lognormal always(Duration time) {
        return new Lognormal(time, 0);
    }

    /// One draw in nanoseconds.
    long draw(RandomGenerator chance) {
        return Math.round(median.toNanos() * (sigma == 0 ? 1 : Math.exp(sigma * chance.nextGaussian())));
    }
}
