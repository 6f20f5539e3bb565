package dev.understudy.promql.exposition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a page line by line. For one use.
final class ExpositionReader {
    private final Format format;
    private final Map<String, Draft> families = new LinkedHashMap<>();
    private @Nullable Draft current;
    private boolean ended;

    private static final class Draft {
        private final String name;
        private Optional<MetricType> type = Optional.empty();
        private Optional<String> help = Optional.empty();
        private Optional<String> unit = Optional.empty();
        private final List<ExposedSample> samples = new ArrayList<>();

        private Draft(String name) {
            this.name = name;
        }

        private boolean owns(String sample) {
            return type.orElse(MetricType.UNTYPED).owns(name, sample);
        }

        private MetricFamily family() {
            return new MetricFamily(name, type.orElse(MetricType.UNTYPED), help, unit, samples);
        }
    }

    ExpositionReader(Format format) {
        this.format = format;
    }

    Exposition read(String text) {
        int number = 1;
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            if (end - start > Exposition.LONGEST_LINE) {
                throw new ExpositionException(
                        number,
                        Exposition.LONGEST_LINE + 1,
                        "line longer than " + Exposition.LONGEST_LINE + " characters");
            }
            line(text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end), number++);
            start = end + 1;
        }
        if (format == Format.OPENMETRICS && !ended) {
            throw new ExpositionException(number, 1, "no '# EOF' at the end: the page was cut off");
        }
        return new Exposition(families.values().stream().map(Draft::family).toList());
    }

    private void line(String line, int number) {
        LineCursor cursor = new LineCursor(line, number);
        cursor.skipBlanks();
        if (cursor.atEnd()) {
            return;
        }
        if (ended) {
            throw cursor.error("'# EOF' was not the last line");
        }
        if (cursor.take('#')) {
            comment(cursor);
        } else {
            ExposedSample sample = new SampleLine(cursor, format).read();
            owner(sample.labels().name()).samples.add(sample);
        }
    }

    private void comment(LineCursor cursor) {
        cursor.skipBlanks();
        switch (cursor.word()) {
            case "TYPE" -> {
                Draft family = described(cursor);
                MetricType type = type(cursor);
                family.type = Optional.of(family.type.orElse(type));
            }
            case "HELP" -> {
                Draft family = described(cursor);
                family.help = Optional.of(family.help.orElse(unescaped(cursor.rest())));
            }
            case "UNIT" -> unit(cursor);
            case "EOF" -> ended = format == Format.OPENMETRICS;
            default -> {
                // Any other comment is for people.
            }
        }
    }

    private void unit(LineCursor cursor) {
        if (format == Format.OPENMETRICS) {
            Draft family = described(cursor);
            family.unit = Optional.of(cursor.rest());
        }
    }

    private Draft described(LineCursor cursor) {
        cursor.skipBlanks();
        Draft family = families.computeIfAbsent(cursor.name("a metric name"), Draft::new);
        current = family;
        // Exactly one blank ends the name: what follows is the text itself.
        if (!cursor.take(' ')) {
            cursor.take('\t');
        }
        return family;
    }

    private MetricType type(LineCursor cursor) {
        cursor.skipBlanks();
        int start = cursor.position();
        String word = cursor.word();
        cursor.skipBlanks();
        if (!cursor.atEnd()) {
            throw cursor.error("expected the end of the line, found " + cursor.next());
        }
        return MetricType.of(word)
                .orElseThrow(() -> cursor.error(
                        start, "expected counter, gauge, histogram, summary or untyped, found '" + word + "'"));
    }

    // Each sample name is looked up as it is and with its suffix taken off, so that a page with very many
    // families is still read in one pass.
    private Draft owner(String sample) {
        if (current != null && current.owns(sample)) {
            return current;
        }
        @Nullable Draft found = families.get(sample);
        for (MetricType type : MetricType.values()) {
            for (String suffix : type.suffixes()) {
                if (found == null && sample.endsWith(suffix)) {
                    @Nullable Draft shorter = families.get(sample.substring(0, sample.length() - suffix.length()));
                    found = shorter != null && shorter.owns(sample) ? shorter : null;
                }
            }
        }
        return found != null ? found : families.computeIfAbsent(sample, Draft::new);
    }

    private String unescaped(String help) {
        StringBuilder text = new StringBuilder(help.length());
        for (int i = 0; i < help.length(); i++) {
            char c = help.charAt(i);
            char next = c == '\\' && i + 1 < help.length() ? help.charAt(i + 1) : 0;
            if (next == 'n' || next == '\\' || (next == '"' && format == Format.OPENMETRICS)) {
                text.append(next == 'n' ? '\n' : next);
                i++;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
