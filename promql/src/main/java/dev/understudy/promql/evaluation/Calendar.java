package dev.understudy.promql.evaluation;

import dev.understudy.promql.syntax.Function;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.ToIntFunction;

/// Functions that take seconds since 1970 for a date in UTC.
final class Calendar {
    static final Map<Function, ToIntFunction<OffsetDateTime>> TABLE = Map.of(
            Function.DAY_OF_MONTH, OffsetDateTime::getDayOfMonth,
            Function.DAY_OF_WEEK, date -> date.getDayOfWeek().getValue() % 7,
            Function.DAY_OF_YEAR, OffsetDateTime::getDayOfYear,
            Function.DAYS_IN_MONTH, date -> date.toLocalDate().lengthOfMonth(),
            Function.HOUR, OffsetDateTime::getHour,
            Function.MINUTE, OffsetDateTime::getMinute,
            Function.MONTH, OffsetDateTime::getMonthValue,
            Function.YEAR, OffsetDateTime::getYear);

    private Calendar() {}

    /// What `part` says of the date, or NaN where the number is no date that Java can hold.
    static double of(ToIntFunction<OffsetDateTime> part, double epochSeconds) {
        if (!Double.isFinite(epochSeconds)) {
            return Double.NaN;
        }
        try {
            Instant instant = Instant.ofEpochSecond((long) epochSeconds);
            return part.applyAsInt(instant.atOffset(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }
}
