package dev.understudy.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A time on the command line: `60s`, `5m`, `12h`, `14d`.
final class Lasting implements ITypeConverter<Duration> {
    private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    @Override
    public Duration convert(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + written + "' is no time such as 60s, 5m, 12h or 14d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
