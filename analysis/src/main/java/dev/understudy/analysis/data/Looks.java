package dev.understudy.analysis.data;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What a value looks like, judged by its text alone.
final class Looks {
    /// Two arms do the same thing at most this far apart: a call's time-out and then some.
    static final long SAME_MOMENT_MILLIS = 60_000;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)(Z|[+-]\\d\\d(?::?\\d\\d)?)?");
    private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9_+=.:~-]{12,200}");
    private static final long EARLIEST_MILLIS = 1_400_000_000_000L;
    private static final long LATEST_MILLIS = 2_200_000_000_000L;

    private Looks() {}

    /// A decimal number.
    static boolean isNumber(String value) {
        return NUMBER.matcher(value).matches();
    }

    /// Something no person would choose: long, letters and digits mixed, no spaces, no time.
    static boolean isOpaque(String value) {
        return OPAQUE.matcher(value).matches()
                && value.chars().anyMatch(Character::isDigit)
                && value.chars().anyMatch(Character::isLetter)
                && moment(value).isEmpty();
    }

    /// The moment that a value names, in epoch milliseconds: a date with a time of day, or milliseconds,
    /// microseconds or nanoseconds since 1970 between 2014 and 2039.
    static OptionalLong moment(String value) {
        if (value.length() < 13 || value.length() > 40) {
            return OptionalLong.empty();
        }
        var time = TIME.matcher(value);
        if (time.matches()) {
            return parsed(time.group(1) + "T" + time.group(2), time.group(3));
        }
        return switch (value.length()) {
            case 13 -> plausible(value, 1);
            case 16 -> plausible(value, 1_000);
            case 19 -> plausible(value, 1_000_000);
            default -> OptionalLong.empty();
        };
    }

    /// Whether two values name moments so close that both can be the time of the same exchange.
    static boolean isSameMoment(String one, String other) {
        OptionalLong first = moment(one);
        OptionalLong second = moment(other);
        return first.isPresent()
                && second.isPresent()
                && Math.abs(first.getAsLong() - second.getAsLong()) <= SAME_MOMENT_MILLIS;
    }

    /// A number without needless zeros, anything else as it is: `12.50` is `12.5`.
    static String plain(String value) {
        if (value.indexOf('.') < 0 || !isNumber(value)) {
            return value;
        }
        return new BigDecimal(value).stripTrailingZeros().toPlainString();
    }

    private static OptionalLong parsed(String local, @org.jspecify.annotations.Nullable String zone) {
        try {
            if (zone == null) {
                return OptionalLong.of(
                        LocalDateTime.parse(local).toInstant(ZoneOffset.UTC).toEpochMilli());
            }
            String offset = zone.equals("Z") || zone.length() > 3 ? zone : zone + ":00";
            String colon = offset.length() == 5 ? offset.substring(0, 3) + ":" + offset.substring(3) : offset;
            return OptionalLong.of(
                    OffsetDateTime.parse(local + colon).toInstant().toEpochMilli());
        } catch (DateTimeException notATime) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong plausible(String digits, long unitsPerMilli) {
        if (!digits.chars().allMatch(Character::isDigit) || digits.charAt(0) > '8') {
            return OptionalLong.empty();
        }
        long millis = Long.parseLong(digits) / unitsPerMilli;
        boolean isPlausible = millis >= EARLIEST_MILLIS && millis <= LATEST_MILLIS;
        return isPlausible ? OptionalLong.of(millis) : OptionalLong.empty();
    }
}
