package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How quantities are written: a decimal number directly followed by its unit.
final class Units {
    private static final String NUMBER = "([0-9]{1,12}(?:\\.[0-9]{1,9})?)";
    private static final Map<Quantity.Unit, Pattern> PATTERNS = Map.of(
            Quantity.Unit.TIME, Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h)"),
            Quantity.Unit.SHARE, Pattern.compile("((?:100(?:\\.0{1,9})?)|(?:[0-9]{1,2}(?:\\.[0-9]{1,9})?))(%)"),
            Quantity.Unit.SIZE, Pattern.compile(NUMBER + "(KiB|MiB|GiB|kB|MB|GB)"),
            Quantity.Unit.RATE, Pattern.compile(NUMBER + "(/s)"),
            Quantity.Unit.THROUGHPUT, Pattern.compile(NUMBER + "(KiB|MiB|GiB|kB|MB|GB)/s"),
            Quantity.Unit.COUNT, Pattern.compile("([0-9]{1,15})()"),
            Quantity.Unit.NUMBER, Pattern.compile("(-?[0-9]{1,15}(?:\\.[0-9]{1,17})?(?:[eE][-+]?[0-9]{1,2})?)()"));
    private static final double MOST = 999_999_999_999_999.0;
    private static final Map<String, Double> FACTORS = Map.ofEntries(
            Map.entry("ms", 1e-3),
            Map.entry("s", 1.0),
            Map.entry("m", 60.0),
            Map.entry("h", 3600.0),
            Map.entry("%", 1e-2),
            Map.entry("KiB", 1024.0),
            Map.entry("MiB", 1048576.0),
            Map.entry("GiB", 1073741824.0),
            Map.entry("kB", 1e3),
            Map.entry("MB", 1e6),
            Map.entry("GB", 1e9),
            Map.entry("/s", 1.0),
            Map.entry("", 1.0));

    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})?");

    private Units() {}

    private static String percent(BigDecimal number) {
        boolean fraction = number.compareTo(BigDecimal.ONE) <= 0;
        return (fraction ? number.movePointRight(2) : number)
                .stripTrailingZeros()
                .toPlainString();
    }

    /// The quantity written in `text`, if it is one of that unit. WORDs are taken as they are.
    static Optional<Quantity> parse(Quantity.Unit unit, String text) {
        if (unit == Quantity.Unit.WORD) {
            return Optional.of(new Quantity(unit, 0, text));
        }
        Matcher matcher = pattern(unit).matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double factor = FACTORS.getOrDefault(matcher.group(2), 1.0);
        double number = Double.parseDouble(matcher.group(1));
        if (Math.abs(number) > MOST) {
            return Optional.empty();
        }
        // Dividing keeps 400ms at exactly 0.4, which multiplying with 1e-3 does not.
        return Optional.of(new Quantity(unit, factor < 1 ? number / Math.round(1 / factor) : number * factor, text));
    }

    /// The pattern of a unit's texts. @throws IllegalArgumentException for WORD, which has none
    static Pattern pattern(Quantity.Unit unit) {
        Pattern pattern = PATTERNS.get(unit);
        if (pattern == null) {
            throw new IllegalArgumentException("no pattern for " + unit);
        }
        return pattern;
    }

    /// `a time such as 400ms, 2s, 5m or 1h`.
    static String described(Quantity.Unit unit) {
        return switch (unit) {
            case TIME -> "a time such as 400ms, 2s, 5m or 1h";
            case SHARE -> "a share from 0% to 100% such as 2%";
            case SIZE -> "a size such as 64KiB, 10MB or 1GiB";
            case RATE -> "a rate such as 50/s";
            case THROUGHPUT -> "bytes a second such as 10MiB/s";
            case COUNT -> "a whole number such as 3";
            case NUMBER -> "a number such as 0.5";
            case WORD -> "a word";
        };
    }

    /// What a bare number would probably look like with a unit: `400ms`, `2s`, `20%` for 0.2.
    static String example(Quantity.Unit unit, String written) {
        String number = PLAIN.matcher(written).matches() ? written : "3";
        return switch (unit) {
            case TIME -> number + (Double.parseDouble(number) < 100 ? "s" : "ms");
            case SHARE -> percent(new BigDecimal(number)) + "%";
            case SIZE -> number + "KiB";
            case RATE -> number + "/s";
            case THROUGHPUT -> number + "KiB/s";
            case COUNT, NUMBER, WORD -> number;
        };
    }
}
