package dev.understudy.journal;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Names of runs, which sort by time: `20261121-114503-orders-2.0-x7f3`.
public final class RunId {
    private static final Pattern FORM = Pattern.compile("\\d{8}-\\d{6}-[A-Za-z0-9._-]{1,60}-x[0-9a-f]{3}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final int LONGEST_NAME = 60;

    private RunId() {}

    /// A new id. What a file name may not hold becomes `-`.
    public static String of(ZonedDateTime at, String scenario, RandomGenerator chance) {
        String safe = scenario.replaceAll("[^A-Za-z0-9._-]+", "-");
        String name = safe.isEmpty() ? "run" : safe.substring(0, Math.min(LONGEST_NAME, safe.length()));
        return TIME.format(at) + "-" + name + "-x" + String.format(Locale.ROOT, "%03x", chance.nextInt(0x1000));
    }

    /// Whether a name has the form of an id.
    public static boolean isOne(String name) {
        return FORM.matcher(name).matches();
    }
}
