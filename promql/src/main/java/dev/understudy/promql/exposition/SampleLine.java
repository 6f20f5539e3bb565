package dev.understudy.promql.exposition;

import dev.understudy.promql.series.FloatText;
import dev.understudy.promql.series.LabelText;
import dev.understudy.promql.series.Labels;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Reads `name{label="value",…} value [timestamp]`, and `{"name",label="value",…} value` for names with
/// other characters.
final class SampleLine {
    private static final int LONGEST_NUMBER = 400;
    private static final int LONGEST_TIMESTAMP = 40;

    private final LineCursor cursor;
    private final Format format;
    private final Map<String, String> labels = new HashMap<>();

    SampleLine(LineCursor cursor, Format format) {
        this.cursor = cursor;
        this.format = format;
    }

    ExposedSample read() {
        if (!cursor.at('{')) {
            labels.put(Labels.NAME, cursor.name("a metric name"));
            cursor.skipBlanks();
        }
        int brace = cursor.position();
        if (cursor.take('{')) {
            labels();
        }
        if (labels.getOrDefault(Labels.NAME, "").isEmpty()) {
            throw cursor.error(brace, "no metric name");
        }
        cursor.skipBlanks();
        double value = number();
        cursor.skipBlanks();
        OptionalLong timestamp = cursor.atEnd() || cursor.at('#') ? OptionalLong.empty() : timestamp();
        cursor.skipBlanks();
        exemplar();
        return new ExposedSample(Labels.of(labels), value, timestamp);
    }

    private void labels() {
        cursor.skipBlanks();
        while (!cursor.take('}')) {
            label();
            cursor.skipBlanks();
            if (!cursor.at('}')) {
                cursor.expect(',', "or '}' after a label");
                cursor.skipBlanks();
            }
        }
    }

    private void label() {
        int start = cursor.position();
        boolean quoted = cursor.at('"');
        String name = cursor.name("a label name or '}'");
        cursor.skipBlanks();
        if (quoted && !cursor.at('=')) {
            put(start, Labels.NAME, name);
            return;
        }
        if (!quoted && !LabelText.isLabelName(name)) {
            throw cursor.error(start, "'" + name + "' is no label name");
        }
        cursor.expect('=', "after label " + name);
        cursor.skipBlanks();
        put(start, name, cursor.quoted("the value of label " + name));
    }

    private void put(int start, String name, String value) {
        if (labels.put(name, value) != null) {
            throw cursor.error(start, "label " + name + " stands twice");
        }
    }

    private double number() {
        int start = cursor.position();
        String word = cursor.word();
        OptionalDouble value = word.length() > LONGEST_NUMBER ? OptionalDouble.empty() : FloatText.parse(word);
        return value.orElseThrow(() -> cursor.error(start, "expected a number, found " + shown(word)));
    }

    private OptionalLong timestamp() {
        int start = cursor.position();
        String word = cursor.word();
        try {
            return OptionalLong.of(format == Format.OPENMETRICS ? seconds(word) : Long.parseLong(word));
        } catch (ArithmeticException | NumberFormatException e) {
            throw cursor.error(start, "expected a timestamp, found " + shown(word));
        }
    }

    private static long seconds(String word) {
        BigDecimal seconds = new BigDecimal(word.length() > LONGEST_TIMESTAMP ? "too long" : word);
        // With a large exponent, either way, the few digits here stand for very many.
        if (Math.abs((long) seconds.scale()) > LONGEST_TIMESTAMP || seconds.precision() - seconds.scale() > 15) {
            throw new NumberFormatException(word);
        }
        BigDecimal millis = seconds.movePointRight(3);
        return millis.setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    private void exemplar() {
        if (format == Format.OPENMETRICS && cursor.at('#')) {
            cursor.rest();
        }
        if (!cursor.atEnd()) {
            throw cursor.error("expected the end of the line, found " + cursor.next());
        }
    }

    private static String shown(String word) {
        return word.isEmpty()
                ? "the end of the line"
                : "'" + (word.length() > 20 ? word.substring(0, 20) + "…" : word) + "'";
    }
}
