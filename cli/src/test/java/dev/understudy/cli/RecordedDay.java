package dev.understudy.cli;

import java.util.Locale;

/// Recorded traffic of users that write a thing each, read it back and look at the first one there was.
final class RecordedDay {
    private RecordedDay() {}

    /// @param things the collection's name in paths, in the plural: `notes`
    /// @param text the name of the field beside the key
    static String of(int seconds, int perSecond, String things, String text) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < seconds * perSecond; i++) {
            int user = (i / 4) % 40 + 40 * (i / 800);
            String key = things.substring(0, things.length() - 1) + "-" + user + "-" + i / 4;
            boolean write = i % 4 == 0;
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"offset_ms\": %d, \"method\": \"%s\", \"path\": \"/%s%s\", \"headers\": {\"Cookie\": \"user=u%d\"%s}, \"body\": \"%s\", \"status\": %d}%n",
                    i * 1000L / perSecond,
                    write ? "POST" : "GET",
                    things,
                    write ? "" : "/" + (i % 4 == 3 ? "seed-1" : key),
                    user,
                    write ? ", \"Content-Type\": \"application/json\"" : "",
                    write
                            ? String.format(
                                    "{\\\"key\\\": \\\"%s\\\", \\\"%s\\\": \\\"%s of %d\\\"}", key, text, text, i)
                            : "",
                    write ? 201 : 200));
        }
        return lines.toString();
    }
}
