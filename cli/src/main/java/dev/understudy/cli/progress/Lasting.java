package dev.understudy.cli.progress;

import java.util.Locale;
import java.util.OptionalLong;

/// Times as people say them.
final class Lasting {
    private static final long SECOND = 1_000_000_000L;

    private Lasting() {}

    /// `12.3 s`, `4 min 05 s`.
    static String of(long nanos) {
        long seconds = nanos / SECOND;
        return seconds < 120
                ? String.format(Locale.ROOT, "%.1f s", nanos / 1e9)
                : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }

    /// `, about 40 s left`; nothing if that isn't known. Rounded, as it is a guess.
    static String left(OptionalLong nanos) {
        if (nanos.isEmpty()) {
            return "";
        }
        long seconds = Math.ceilDiv(nanos.getAsLong(), SECOND);
        long step = seconds < 60 ? 5 : 30;
        long rounded = Math.max(step, Math.ceilDiv(seconds, step) * step);
        boolean isOdd = rounded % 60 != 0;
        return ", about "
                + (rounded < 60 ? rounded + " s" : rounded / 60 + " min" + (isOdd ? " " + rounded % 60 + " s" : ""))
                + " left";
    }
}
