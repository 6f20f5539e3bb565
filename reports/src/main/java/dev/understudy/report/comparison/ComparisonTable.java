package dev.understudy.report.comparison;

import dev.understudy.report.words.Words;
import java.util.ArrayList;
import java.util.List;

/// A comparison as a table for a terminal: no line break inside a row, no escape bytes. Pure.
public final class ComparisonTable {
    private static final int WIDEST = 40;
    private static final int WIDEST_NAME = 28;
    private static final int WIDEST_RUN = 60;

    private ComparisonTable() {}

    /// The whole text: a table, notes, and what is worse or better in the last line.
    public static String render(Comparison comparison) {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {
            "",
            shown("A: " + comparison.before().identity().runId(), WIDEST_RUN),
            shown("B: " + comparison.after().identity().runId(), WIDEST_RUN),
            ""
        });
        comparison
                .rows()
                .forEach(row -> lines.add(new String[] {
                    shown(row.what(), WIDEST_NAME), shown(row.before(), WIDEST), shown(row.after(), WIDEST), row.said()
                }));
        int[] widths = new int[3];
        lines.forEach(line -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(line[column]));
            }
        });
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line(line, widths)).append('\n'));
        comparison
                .notes()
                .forEach(note -> text.append("note: ").append(oneLine(note)).append('\n'));
        return text.append("B is ")
                .append(oneLine(comparison.inOneLine()))
                .append('\n')
                .toString();
    }

    private static String line(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(cells[column]).append(" ".repeat(widths[column] - width(cells[column]) + 2));
        }
        return line.append(oneLine(cells[widths.length])).toString().stripTrailing();
    }

    private static String shown(String text, int limit) {
        return Words.shorten(oneLine(text), limit);
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
