package dev.understudy.scenario.writing;

import dev.understudy.scenario.Service;
import java.util.Locale;

/// A recording that asks one page of a service again and again: traffic for a first rehearsal where live has
/// no mirror yet. One JSON object a line. Pure.
final class HealthRecording {
    private static final int SECONDS = 300;

    private HealthRecording() {}

    /// `perSecond` requests of its health page, or of `/` where it has none; then what live answers isn't
    /// known.
    static String of(Service entry, int perSecond) {
        String path = entry.health().flatMap(Service.Health::http).orElse("");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < SECONDS * perSecond; i++) {
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"offset_ms\": %d, \"method\": \"GET\", \"path\": \"%s\", \"headers\": {}, \"body\": \"\"%s}%n",
                    i * 1000L / perSecond,
                    path.isEmpty() ? "/" : path.replace("\\", "\\\\").replace("\"", "\\\""),
                    path.isEmpty() ? "" : ", \"status\": 200"));
        }
        return lines.toString();
    }
}
