package dev.understudy.shop.visitors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A recorded day of visits, a minute long, in the order in which they begin.
record Day(List<Visit> visits) {
    /// How long it is, in milliseconds; a visit that begins late may end after it.
    static final long MILLIS = 60_000;

    /// Requests a second when it is played as recorded.
    static final double RATE = 130;

    Day {
        visits = List.copyOf(visits);
    }

    /// How many requests it has.
    int requests() {
        return visits.stream().mapToInt(Visit::requests).sum();
    }

    /// Its text: a visit a line.
    String toLines() {
        return String.join("\n", visits.stream().map(Visit::toLine).toList()) + "\n";
    }

    /// A day from its text.
    static Day ofLines(String lines) {
        return new Day(lines.lines().map(Visit::ofLine).toList());
    }

    /// The day that came with the shop; [DayRecorder] wrote it when the shop was built.
    static Day recorded() {
        try (InputStream file = Day.class.getResourceAsStream("day.jsonl")) {
            if (file == null) {
                throw new IllegalStateException("day.jsonl is missing: it is written by the build of the shop");
            }
            return ofLines(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
