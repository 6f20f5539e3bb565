package dev.understudy.report.drawing;

import dev.understudy.analysis.RunSummary.Pair;
import dev.understudy.report.words.Words;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// Draws the alternating pairs: time to recovery in the present order (ring) and in the proposed one (disc).
public record PairsChart(List<Pair> pairs) {

    private static final int WIDTH = 1080;
    private static final int LEFT = 196;
    private static final int RIGHT = 1064;
    private static final int ROW = 30;
    private static final int TOP = 8;

    /// The drawing, as SVG.
    public String draw() {
        int bottom = TOP + pairs.size() * ROW;
        Svg svg = new Svg(
                "pairs",
                WIDTH,
                bottom + 34,
                "Time to recovery, pair by pair",
                "One row a pair; a ring for the present order, a disc for the proposed one. "
                        + "The table below holds the same figures.");
        long most = pairs.stream()
                .flatMapToLong(p -> LongStream.concat(p.present().stream(), p.proposed().stream()))
                .max()
                .orElse(1);
        Axis axis = new Axis(0, Math.max(most * 1.12, 1), LEFT, RIGHT);
        for (double tick : axis.timeTicks(8)) {
            double x = axis.at(tick);
            svg.line(x, TOP, x, bottom, Ink.HAIR);
            svg.text(x, bottom + 18, Svg.Anchor.MIDDLE, Ink.MUTED, Words.duration(Math.round(tick)));
        }
        svg.line(LEFT, bottom, RIGHT, bottom, Ink.MUTED);
        for (int n = 0; n < pairs.size(); n++) {
            row(svg, axis, pairs.get(n), TOP + n * ROW + ROW / 2.0);
        }
        return svg.close();
    }

    private static void row(Svg svg, Axis axis, Pair pair, double y) {
        svg.text(LEFT - 12, y + 4, Svg.Anchor.END, Ink.TEXT, "pair " + pair.number());
        if (pair.present().isPresent() && pair.proposed().isPresent()) {
            svg.line(
                    axis.at(pair.present().getAsLong()),
                    y,
                    axis.at(pair.proposed().getAsLong()),
                    y,
                    Ink.MUTED);
        }
        dot(svg, axis, pair.present(), y, false);
        dot(svg, axis, pair.proposed(), y, true);
        if (pair.present().isEmpty() || pair.proposed().isEmpty()) {
            String which =
                    pair.proposed().isPresent() ? "present" : pair.present().isPresent() ? "proposed" : "neither";
            svg.text(
                    RIGHT,
                    y + 4,
                    Svg.Anchor.END,
                    Ink.BAD,
                    which.equals("neither") ? "neither order recovered" : which + " order did not recover");
        }
    }

    private static void dot(Svg svg, Axis axis, OptionalLong at, double y, boolean filled) {
        if (at.isEmpty()) {
            return;
        }
        double x = axis.at(at.getAsLong());
        if (filled) {
            svg.disc(x, y, 6, Ink.CANDIDATE);
        } else {
            svg.ring(x, y, 5, Ink.CONTROL);
        }
    }
}
