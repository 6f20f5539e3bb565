package dev.understudy.promql.syntax;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Times as Prometheus writes them: `5m`, `1h30m`, `90s`; units from long to short, each at most once; a
/// day has 24 hours, a week 7 days, a year 365.
public final class Durations {
    private static final int LONGEST_YEARS = 100;
    private static final long LONGEST = Duration.ofDays(365L * LONGEST_YEARS).toNanos();
    private static final List<Unit> UNITS = List.of(
            new Unit("y", Duration.ofDays(365)),
            new Unit("w", Duration.ofDays(7)),
            new Unit("d", Duration.ofDays(1)),
            new Unit("h", Duration.ofHours(1)),
            new Unit("m", Duration.ofMinutes(1)),
            new Unit("s", Duration.ofSeconds(1)),
            new Unit("ms", Duration.ofMillis(1)));

    private record Unit(String sign, Duration length) {}

    private Durations() {}

    /// The duration that `text` writes; `0` alone needs no unit. Empty if it is none or longer than 100
    /// years.
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        boolean whole = !text.isEmpty() && end(text, 0) == text.length();
        OptionalLong nanos = whole ? nanos(text) : OptionalLong.empty();
        return nanos.isPresent() ? Optional.of(Duration.ofNanos(nanos.getAsLong())) : Optional.empty();
    }

    /// Nanoseconds of so many seconds; empty if that is no time or longer than 100 years.
    static OptionalLong ofSeconds(double seconds) {
        double nanos = seconds * 1e9;
        return Math.abs(nanos) <= LONGEST ? OptionalLong.of(Math.round(nanos)) : OptionalLong.empty();
    }

    /// Nanoseconds of a text for which [#end] found its whole length; empty if longer than 100 years.
    static OptionalLong nanos(String text) {
        long sum = 0;
        int at = 0;
        while (at < text.length()) {
            int digits = digitsEnd(text, at);
            int unit = unitAt(text, digits);
            String count = text.substring(at, digits);
            long length = UNITS.get(unit).length.toNanos();
            if (count.length() > 15 || Long.parseLong(count) > LONGEST / length) {
                return OptionalLong.empty();
            }
            sum += Long.parseLong(count) * length;
            at = digits + UNITS.get(unit).sign.length();
        }
        return sum <= LONGEST ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    /// Where the duration that begins at `from` ends; negative if none begins there.
    static int end(String text, int from) {
        int at = from;
        int unit = -1;
        while (true) {
            int digits = digitsEnd(text, at);
            int next = digits == at ? -1 : unitAt(text, digits);
            if (next <= unit) {
                return digits == at && at > from ? at : -1;
            }
            unit = next;
            at = digits + UNITS.get(unit).sign.length();
        }
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    // "m" would match the beginning of "ms", so the longer sign is looked for first.
    private static int unitAt(String text, int at) {
        for (int i = UNITS.size() - 1; i >= 0; i--) {
            if (text.startsWith(UNITS.get(i).sign, at)) {
                return i;
            }
        }
        return -1;
    }
}
