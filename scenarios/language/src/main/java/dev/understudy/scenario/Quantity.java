package dev.understudy.scenario;

import java.time.Duration;

/// A number with its unit, as written in a file: `400ms`, `2%`, `1GiB`, `50/s`, `10MiB/s`, a bare count or number, or a
/// word.
///
/// `value` is in the base of its unit: seconds for time, 0..1 for shares, bytes for sizes, events per
/// second for rates, bytes per second for throughputs. `text` is what the file says.
public record Quantity(Unit unit, double value, String text) {

    /// The kinds of quantity that the language knows.
    public enum Unit {
        TIME,
        SHARE,
        SIZE,
        RATE,
        THROUGHPUT,
        COUNT,
        NUMBER,
        WORD
    }

    /// This quantity as a time. @throws IllegalStateException if it is none
    public Duration asDuration() {
        require(Unit.TIME);
        return Duration.ofNanos(Math.round(value * 1e9));
    }

    /// This quantity as a share from 0 to 1. @throws IllegalStateException if it is none
    public double asShare() {
        require(Unit.SHARE);
        return value;
    }

    /// This quantity as a count. @throws IllegalStateException if it is none
    public long asCount() {
        require(Unit.COUNT);
        return Math.round(value);
    }

    private void require(Unit wanted) {
        if (unit != wanted) {
            throw new IllegalStateException("'" + text + "' is a " + unit + ", not a " + wanted);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
