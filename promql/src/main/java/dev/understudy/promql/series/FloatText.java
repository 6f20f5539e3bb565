package dev.understudy.promql.series;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalDouble;

/// Numbers as Prometheus reads and writes them, which is as Go's `strconv` does
/// (https://pkg.go.dev/strconv, `ParseFloat` and `FormatFloat`).
public final class FloatText {
    private static final int LARGEST_EXPONENT_SHOWN_PLAIN = 21;

    private FloatText() {}

    /// The number that `text` writes: decimal, `0x…p…`, `NaN`, `Inf` with an optional sign; empty if it is
    /// none.
    public static OptionalDouble parse(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "nan" -> OptionalDouble.of(Double.NaN);
            case "inf", "+inf", "infinity", "+infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> isDecimal(word) || isHexadecimal(word) ? finite(word) : OptionalDouble.empty();
        };
    }

    // Java also reads a trailing d or f and blanks around a number, which Go does not.
    private static boolean isDecimal(String word) {
        return word.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == '+' || c == '-');
    }

    private static boolean isHexadecimal(String word) {
        return (word.startsWith("0x") || word.startsWith("+0x") || word.startsWith("-0x"))
                && word.indexOf('p') > 0
                && !word.endsWith("d")
                && !word.endsWith("f");
    }

    private static OptionalDouble finite(String word) {
        try {
            return OptionalDouble.of(Double.parseDouble(word));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /// Without an exponent, as `count_values` writes its label: `0.1`, `1000000`, `+Inf`, `NaN`.
    public static String plain(double value) {
        return Double.isFinite(value) ? decimal(value).toPlainString() : notFinite(value);
    }

    /// As templates and the text format write a value: plain up to 1e21, then `1e+21`; small ones from
    /// `1e-05`.
    public static String shortest(double value) {
        return shortest(value, LARGEST_EXPONENT_SHOWN_PLAIN);
    }

    /// A bound of a bucket as Prometheus 3 stores it: always a float, so `1.0` for `1` and `1e+06` for a
    /// million.
    public static String bound(double value) {
        String text = shortest(value, 6);
        return Double.isFinite(value) && text.indexOf('.') < 0 && text.indexOf('e') < 0 ? text + ".0" : text;
    }

    private static String shortest(double value, int exponentLimit) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        BigDecimal decimal = decimal(value);
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (decimal.signum() == 0 || (exponent >= -4 && exponent < exponentLimit)) {
            return decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        return (decimal.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static BigDecimal decimal(double value) {
        return value == 0 ? BigDecimal.ZERO : new BigDecimal(Double.toString(value)).stripTrailingZeros();
    }

    private static String notFinite(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
}
