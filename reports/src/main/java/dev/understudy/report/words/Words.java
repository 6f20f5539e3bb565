package dev.understudy.report.words;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How figures are said, in one place for reports, progress and the last line of the command: a sensible unit,
/// few decimals, and a word where nothing was measured. Times are nanoseconds, shares 0..1. Stateless.
public final class Words {

    /// What stands where a time or a value is missing.
    public static final String NOT_MEASURED = "not measured";

    /// What stands where data was not compared.
    public static final String NOT_CHECKED = "not checked";

    /// How the names of metrics begin whose values have no unit.
    private static final List<String> ASKED = List.of("scrape ", "promql ", "command ", "sql ", "http ");

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private Words() {}

    /// A time: `4.2 ms`, `420 ms`, `3.12 s`, `31.2 s`, `2 min 5 s`, `1 h 2 min`.
    public static String duration(long nanos) {
        if (nanos < 0) {
            return "−" + duration(nanos == Long.MIN_VALUE ? Long.MAX_VALUE : -nanos);
        }
        if (nanos == 0) {
            return "0 s";
        }
        if (nanos < MILLI / 20) {
            return "< 0.1 ms";
        }
        double millis = (double) nanos / MILLI;
        if (millis < 9.95) {
            return decimals(millis, 1) + " ms";
        }
        if (millis < 999.5) {
            return Math.round(millis) + " ms";
        }
        double seconds = (double) nanos / SECOND;
        if (seconds < 119.95) {
            return decimals(seconds, seconds < 9.995 ? 2 : 1) + " s";
        }
        return longer(Math.round(seconds));
    }

    private static String longer(long seconds) {
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }

    /// A time, or that it was not measured.
    public static String duration(OptionalLong nanos) {
        return nanos.isPresent() ? duration(nanos.getAsLong()) : NOT_MEASURED;
    }

    /// A time beside its budget, with as many decimals as it takes to tell them apart: `31.2 s of 30 s`.
    public static String against(long nanos, long budget) {
        return beside(nanos, budget) + " of " + duration(budget);
    }

    /// The time of [#against], alone.
    public static String beside(long nanos, long budget) {
        String said = duration(nanos);
        boolean confusable = nanos != budget && said.equals(duration(budget));
        return confusable ? decimals((double) nanos / SECOND, 6) + " s" : said;
    }

    /// An instant, relative to the zero of an axis: `+12.3 s`, `−4 s`.
    public static String after(long nanos) {
        return nanos < 0 ? duration(nanos) : "+" + duration(nanos);
    }

    /// A share of 1 as per cent: `2.3 %`, `98 %`, `< 0.1 %`. Only all is 100 %, only nothing is 0 %.
    public static String share(double share) {
        if (Double.isNaN(share)) {
            return NOT_MEASURED;
        }
        if (share <= 0) {
            return share == 0 ? "0 %" : "−" + share(-share);
        }
        double percent = share * 100;
        if (percent < 0.1) {
            return "< 0.1 %";
        }
        if (percent < 100 && percent >= 99.95) {
            return "> 99.9 %";
        }
        return decimals(percent, percent < 10 || (percent > 90 && percent < 100) ? 1 : 0) + " %";
    }

    /// A share, or that it was not measured.
    public static String share(OptionalDouble share) {
        return share.isPresent() ? share(share.getAsDouble()) : NOT_MEASURED;
    }

    /// A count with its digits in groups of three: `12,345`.
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// A count, or that nothing was compared.
    public static String count(OptionalLong count) {
        return count.isPresent() ? count(count.getAsLong()) : NOT_CHECKED;
    }

    /// A count of things: `1 row`, `3 rows`.
    public static String count(long count, String thing) {
        return count(count) + " " + thing + (count == 1 ? "" : "s");
    }

    /// A value of a metric in that metric's own unit: latencies are held in seconds, rates and pressures as
    /// shares.
    public static String value(String metric, OptionalDouble value) {
        return value.isPresent() ? value(metric, value.getAsDouble()) : NOT_MEASURED;
    }

    private static String value(String metric, double value) {
        if (Double.isNaN(value)) {
            return NOT_MEASURED;
        }
        if (metric.startsWith("failures of ") || metric.startsWith("status-")) {
            return share(value);
        }
        if (ASKED.stream().anyMatch(metric::startsWith)) {
            return decimals(value, Math.abs(value) < 1 ? 4 : 2);
        }
        if (metric.equals("memory")) {
            return decimals(value / (1 << 20), 1) + " MiB";
        }
        if (metric.startsWith("disk-") || metric.startsWith("network-")) {
            return bytes(value) + "/s";
        }
        if (metric.equals("cpu")) {
            return decimals(value, 2) + " cores";
        }
        if (metric.startsWith("latency")) {
            return duration(Math.round(value * SECOND));
        }
        return metric.endsWith("-rate") || metric.endsWith("-pressure") ? share(value) : decimals(value, 2);
    }

    /// An amount of memory or data: `0 B`, `512 B`, `1.5 KiB`, `312 MiB`.
    public static String bytes(double bytes) {
        double left = bytes;
        for (String unit : new String[] {" B", " KiB", " MiB", " GiB"}) {
            if (left < 1000) {
                return decimals(left, left < 10 && !unit.equals(" B") ? 1 : 0) + unit;
            }
            left /= 1024;
        }
        return decimals(left, left < 10 ? 1 : 0) + " TiB";
    }

    /// A rate: `104 requests/s`.
    public static String perSecond(double rate, String thing) {
        return Double.isNaN(rate) ? NOT_MEASURED : decimals(rate, rate < 10 ? 1 : 0) + " " + thing + "/s";
    }

    /// The first 12 digits of a digest, as container tools print it; anything else that is long, shortened.
    public static String digest(String digest) {
        String bare = digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest;
        if (bare.isBlank()) {
            return "unknown";
        }
        boolean hexadecimal = bare.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return hexadecimal && bare.length() > 12 ? bare.substring(0, 12) : shorten(bare, 24);
    }

    /// At most `limit` characters: the middle of a longer text gives way to `…`.
    public static String shorten(String text, int limit) {
        int[] points = text.codePoints().toArray();
        if (points.length <= limit) {
            return text;
        }
        int tail = (limit - 1) / 3;
        int head = limit - 1 - tail;
        return new String(points, 0, head) + "…" + new String(points, points.length - tail, tail);
    }

    /// Text, or a word for its absence.
    public static String orElse(String text, String absent) {
        return text.isBlank() ? absent : text;
    }

    /// A number with at most `places` decimals and no trailing zeros.
    public static String decimals(double number, int places) {
        String said = String.format(Locale.ROOT, "%,." + places + "f", number);
        if (places == 0) {
            return said;
        }
        int end = said.length();
        while (said.charAt(end - 1) == '0') {
            end--;
        }
        return said.substring(0, said.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
