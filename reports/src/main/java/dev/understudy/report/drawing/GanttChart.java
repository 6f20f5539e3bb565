package dev.understudy.report.drawing;

import dev.understudy.report.words.Words;
import java.util.List;
import java.util.OptionalLong;

/// Draws steps as bars on one time scale, with the budget and the moment of recovery as lines. Bars on the
/// critical path are filled, the others outlined, failed attempts are crossed and named. Times count from the
/// start of the rollback.
record GanttChart(String id, String title, List<Row> rows, long budget, OptionalLong recovered, long end) {

    private static final int WIDTH = 1080;
    private static final int LABELS = 196;
    private static final int RIGHT = 1064;
    private static final int ROW = 28;
    private static final int TOP = 44;

    /// One line of the chart.
    record Row(String label, boolean critical, List<Bar> bars, String absent) {}

    /// One bar; `fault` names what went wrong, empty if nothing did; `tail` marks waiting rather than work.
    record Bar(long from, long until, String fault, boolean tail) {}

    String draw() {
        int height = TOP + rows.size() * ROW + 34;
        Svg svg = new Svg(id, WIDTH, height, title, description());
        boolean budgetFits = budget > 0 && budget <= end * 5L;
        long high = Math.max(end, budgetFits ? budget : 0);
        Axis axis = new Axis(0, Math.max(high * 1.05, 1), LABELS, RIGHT);
        int bottom = TOP + rows.size() * ROW;
        grid(svg, axis, bottom);
        limits(svg, axis, bottom, budgetFits);
        for (int n = 0; n < rows.size(); n++) {
            row(svg, axis, rows.get(n), TOP + n * ROW);
        }
        return svg.close();
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
    private void limits(Svg svg, Axis axis, int bottom, boolean budgetFits) {
        String said = "budget " + Words.duration(budget);
        if (budgetFits) {
            double x = axis.at(budget);
            svg.dashed(x, 18, x, bottom, Ink.BAD);
            svg.bold(x, 13, around(x, said), Ink.BAD, said);
        } else if (budget > 0) {
            svg.bold(RIGHT, 13, Svg.Anchor.END, Ink.BAD, said + ", beyond the right edge →");
        }
        if (recovered.isPresent()) {
            double x = axis.at(recovered.getAsLong());
            String when = "recovered after " + Words.duration(recovered);
            svg.line(x, 34, x, bottom, Ink.GOOD);
            svg.bold(x, 30, around(x, when), Ink.GOOD, when);
        }
    }

    private static Svg.Anchor around(double x, String text) {
        double half = Svg.widthOf(text) / 2;
        return x + half > RIGHT ? Svg.Anchor.END : x - half < 0 ? Svg.Anchor.START : Svg.Anchor.MIDDLE;
    }

    private String description() {
        return rows.size() + " rows, from the start of the rollback to " + Words.duration(end) + "; budget "
                + Words.duration(budget) + "; "
                + (recovered.isPresent() ? "recovered after " + Words.duration(recovered) : "recovery not measured")
                + ". The table below holds the same figures.";
    }
}
