package dev.understudy.promql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.promql.evaluation.Sample;
import dev.understudy.promql.evaluation.Value;
import dev.understudy.promql.series.FloatText;
import dev.understudy.promql.syntax.PromQlException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Expressions and what they yield in the [Shop], one test a row.
///
/// What is expected is written as elements parted by ` | `, each `labels value`; `scalar 3`; `text abc`;
/// `nothing`; `error: words` that the message has to hold. Numbers may differ by a billionth. Only rows
/// made by [#ordered] look at the order.
final class ExpressionTable {
    private static final Shop SHOP = new Shop();
    private final List<DynamicTest> rows = new ArrayList<>();

    ExpressionTable row(String expression, String expected) {
        return row(expression, Shop.NOW, expected);
    }

    ExpressionTable row(String expression, long nanos, String expected) {
        rows.add(DynamicTest.dynamicTest(expression, () -> check(shown(expression, nanos), expected, false)));
        return this;
    }

    ExpressionTable ordered(String expression, String expected) {
        rows.add(DynamicTest.dynamicTest(expression, () -> check(shown(expression, Shop.NOW), expected, true)));
        return this;
    }

    Stream<DynamicTest> tests() {
        return rows.stream();
    }

    private static String shown(String expression, long nanos) {
        try {
            return shown(PromQl.parse(expression).at(SHOP.store, nanos));
        } catch (PromQlException e) {
            return "error: " + e.getMessage();
        }
    }

    private static String shown(Value value) {
        return switch (value) {
            case Value.Scalar scalar -> "scalar " + FloatText.shortest(scalar.value());
            case Value.Text text -> "text " + text.value();
            case Value.Vector vector -> listed(vector.samples().stream().map(ExpressionTable::shown));
            case Value.Matrix matrix -> listed(matrix.tracks().stream().map(ExpressionTable::shown));
        };
    }

    private static String shown(Sample sample) {
        return sample.labels() + " " + FloatText.shortest(sample.value());
    }

    private static String shown(Value.Track track) {
        return track.labels() + " "
                + Arrays.stream(track.points().values())
                        .mapToObj(FloatText::shortest)
                        .collect(Collectors.joining(" "));
    }

    private static String listed(Stream<String> elements) {
        String all = elements.collect(Collectors.joining(" | "));
        return all.isEmpty() ? "nothing" : all;
    }

    private static void check(String actual, String expected, boolean ordered) {
        if (expected.startsWith("error: ")) {
            assertThat(actual).startsWith("error: ").contains(expected.substring("error: ".length()));
            return;
        }
        List<String> found = elements(actual, ordered);
        List<String> wanted = elements(expected, ordered);
        boolean same = found.size() == wanted.size();
        for (int i = 0; same && i < found.size(); i++) {
            same = alike(found.get(i), wanted.get(i));
        }
        assertThat(same).as("expected %s%nbut was  %s", expected, actual).isTrue();
    }

    private static List<String> elements(String shown, boolean ordered) {
        Stream<String> elements = Arrays.stream(shown.split(" \\| "));
        return (ordered ? elements : elements.sorted()).toList();
    }

    /// Labels are the same, numbers nearly.
    private static boolean alike(String found, String wanted) {
        String[] a = found.split(" (?=[^ }]+$)");
        String[] b = wanted.split(" (?=[^ }]+$)");
        if (a.length < 2 || b.length < 2 || !a[0].equals(b[0])) {
            return found.equals(wanted);
        }
        double x = FloatText.parse(a[1]).orElse(Double.NaN);
        double y = FloatText.parse(b[1]).orElse(Double.NaN);
        return a[1].equals(b[1]) || Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y));
    }
}
