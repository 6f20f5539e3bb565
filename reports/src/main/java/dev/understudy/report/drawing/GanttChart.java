package dev.understudy.report.drawing;

import dev.understudy.report.words.Words;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Draws steps as bars on one time scale, in one panel or several below each other, with the budget and the
/// moments of recovery as lines. Bars on the critical path are filled and joined by a line, the others
/// outlined, failed attempts are crossed and named. Times count from the start of the rollback.
record GanttChart(String id, String title, List<Panel> panels, long budget, long end) {

    private static final int WIDTH = 1080;
    private static final int LABELS = 196;
    private static final int RIGHT = 1064;
    private static final int ROW = 28;
    private static final int TOP = 44;
    private static final int GAP = 48;

    /// The steps of one order; `recovered` is when users had recovered, `evidence` says of how many trials
    /// that is.
    record Panel(String name, List<Row> rows, OptionalLong recovered, String evidence) {}

    /// One line of the chart.
    record Row(String label, boolean critical, List<Bar> bars, String absent) {}

    /// One bar; `fault` names what went wrong, empty if nothing did; `tail` marks waiting rather than work.
    record Bar(long from, long until, String fault, boolean tail) {}

    String draw() {
        int rows = panels.stream().mapToInt(panel -> panel.rows().size()).sum();
        int bottom = TOP + rows * ROW + (panels.size() - 1) * GAP;
        Svg svg = new Svg(id, WIDTH, bottom + 34, title, description());
        boolean budgetFits = budget > 0 && budget <= end * 5L;
        long high = Math.max(end, budgetFits ? budget : 0);
        Axis axis = new Axis(0, Math.max(high * 1.05, 1), LABELS, RIGHT);
        grid(svg, axis, bottom);
        budget(svg, axis, bottom, budgetFits);
        int top = TOP;
        for (Panel panel : panels) {
            panel(svg, axis, panel, top);
            top += panel.rows().size() * ROW + GAP;
        }
        return svg.close();
    }

    private void panel(Svg svg, Axis axis, Panel panel, int top) {
        if (panels.size() > 1) {
            svg.bold(0, top - 14, Svg.Anchor.START, Ink.TEXT, panel.name());
        }
        recovered(svg, axis, panel, top);
        criticalPath(svg, axis, panel, top);
        for (int n = 0; n < panel.rows().size(); n++) {
            row(svg, axis, panel.rows().get(n), top + n * ROW);
        }
    }

    /// From the end of each critical step to the begin of the next.
    private static void criticalPath(Svg svg, Axis axis, Panel panel, int top) {
        List<Integer> critical = IntStream.range(0, panel.rows().size())
                .filter(n -> panel.rows().get(n).critical()
                        && !panel.rows().get(n).bars().isEmpty())
                .boxed()
                .sorted(Comparator.comparingLong(
                        n -> panel.rows().get(n).bars().getFirst().from()))
                .toList();
        for (int n = 1; n < critical.size(); n++) {
            Row before = panel.rows().get(critical.get(n - 1));
            Row next = panel.rows().get(critical.get(n));
            double x = axis.at(before.bars().getLast().until());
            double y = top + critical.get(n - 1) * ROW + 14;
            double nextY = top + critical.get(n) * ROW + 14;
            String path = "M%s %sV%sH%s"
                    .formatted(
                            Svg.number(x),
                            Svg.number(y),
                            Svg.number(nextY),
                            Svg.number(Math.max(axis.at(next.bars().getFirst().from()), x)));
            svg.path(path, Ink.CANDIDATE, false);
        }
    }

    private void grid(Svg svg, Axis axis, int bottom) {
        for (double tick : axis.timeTicks(8)) {
            double x = axis.at(tick);
            svg.line(x, TOP - 6, x, bottom, Ink.HAIR);
            Svg.Anchor anchor = x > RIGHT - 24 ? Svg.Anchor.END : Svg.Anchor.MIDDLE;
            svg.text(x, bottom + 18, anchor, Ink.MUTED, Words.duration(Math.round(tick)));
        }
        svg.line(LABELS, bottom, RIGHT, bottom, Ink.MUTED);
    }

    private static void row(Svg svg, Axis axis, Row row, int y) {
        String label = Words.shorten(row.label(), 25);
        if (row.critical()) {
            svg.bold(LABELS - 12, y + 18, Svg.Anchor.END, Ink.TEXT, label);
        } else {
            svg.text(LABELS - 12, y + 18, Svg.Anchor.END, Ink.TEXT, label);
        }
        if (row.bars().isEmpty()) {
            svg.text(LABELS + 6, y + 18, Svg.Anchor.START, Ink.MUTED, row.absent());
            return;
        }
        for (Bar bar : row.bars()) {
            bar(svg, axis, row, bar, y);
        }
        Bar last = row.bars().getLast();
        String said = Words.duration(last.until() - row.bars().getFirst().from())
                + (last.fault().isEmpty() ? "" : " · " + Words.shorten(last.fault(), 40));
        besideBar(svg, axis, row.bars().getFirst(), last, y, said);
    }

    private static void bar(Svg svg, Axis axis, Row row, Bar bar, int y) {
        double x = axis.at(bar.from());
        double width = Math.max(axis.at(bar.until()) - x, 2);
        if (bar.tail()) {
            svg.dashed(x, y + 14, x + width, y + 14, Ink.MUTED);
        } else if (!bar.fault().isEmpty()) {
            svg.outlined(x, y + 6, width, 16, Ink.BAD);
            svg.line(x, y + 6, x + width, y + 22, Ink.BAD);
        } else if (row.critical()) {
            svg.rect(x, y + 6, width, 16, Ink.CANDIDATE);
        } else {
            svg.rect(x, y + 6, width, 16, Ink.PALE);
            svg.outlined(x, y + 6, width, 16, Ink.CANDIDATE);
        }
    }

    private static void besideBar(Svg svg, Axis axis, Bar first, Bar last, int y, String said) {
        double right = axis.at(last.until()) + 7;
        Ink ink = last.fault().isEmpty() ? Ink.TEXT : Ink.BAD;
        if (right + Svg.widthOf(said) <= RIGHT) {
            svg.rimmed(right, y + 18, Svg.Anchor.START, ink, said);
        } else if (axis.at(first.from()) - Svg.widthOf(said) > LABELS + 8) {
            svg.rimmed(axis.at(first.from()) - 7, y + 18, Svg.Anchor.END, ink, said);
        } else {
            svg.rimmed(RIGHT, y + 4, Svg.Anchor.END, ink, said);
        }
    }

    /// Budget and recovery have a lane each above the bars, so that their words never meet.
    private void budget(Svg svg, Axis axis, int bottom, boolean budgetFits) {
        String said = "budget " + Words.duration(budget);
        if (budgetFits) {
            double x = axis.at(budget);
            svg.dashed(x, 18, x, bottom, Ink.BAD);
            svg.bold(x, 13, around(x, said), Ink.BAD, said);
        } else if (budget > 0) {
            svg.bold(RIGHT, 13, Svg.Anchor.END, Ink.BAD, said + ", beyond the right edge →");
        }
    }

    private static void recovered(Svg svg, Axis axis, Panel panel, int top) {
        if (panel.recovered().isPresent()) {
            double x = axis.at(panel.recovered().getAsLong());
            String when = "recovered after " + Words.duration(panel.recovered()) + panel.evidence();
            svg.line(x, top - 10, x, top + panel.rows().size() * ROW, Ink.GOOD);
            svg.bold(x, top - 14, around(x, when), Ink.GOOD, when);
        }
    }

    private static Svg.Anchor around(double x, String text) {
        double half = Svg.widthOf(text) / 2;
        return x + half > RIGHT ? Svg.Anchor.END : x - half < LABELS ? Svg.Anchor.START : Svg.Anchor.MIDDLE;
    }

    private String description() {
        StringBuilder said = new StringBuilder("From the start of the rollback to " + Words.duration(end) + "; budget "
                + Words.duration(budget) + ";");
        for (Panel panel : panels) {
            said.append(' ')
                    .append(panel.name())
                    .append(", ")
                    .append(Words.count(panel.rows().size(), "row"))
                    .append(
                            panel.recovered().isPresent()
                                    ? ": recovered after " + Words.duration(panel.recovered()) + panel.evidence()
                                    : ": recovery not measured")
                    .append(';');
        }
        return said.append(" the table below holds the same figures.").toString();
    }
}
