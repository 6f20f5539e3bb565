package dev.understudy.report.drawing;

import dev.understudy.analysis.RunSummary.Split;
import dev.understudy.report.words.Words;
import java.util.List;

/// Draws where the time of a run went, as one bar in five parts.
public record SplitBar(Split split) {

    private static final int WIDTH = 1080;

    private static final List<Ink> INKS = List.of(Ink.CANDIDATE, Ink.PALE, Ink.CONTROL, Ink.BAND, Ink.TEXT);

    /// One part of the whole.
    public record Part(String name, String meaning, long nanos) {}

    /// The parts, in the order they are drawn.
    public List<Part> parts() {
        return List.of(
                new Part("services", "waiting for services to stop, start and serve", split.service()),
                new Part("steps", "rollback steps themselves", split.step()),
                new Part("rule windows", "what rules must see before they may speak", split.ruleWindow()),
                new Part("deviations", "waiting for deviations to act", split.deviation()),
                new Part("tool", "Understudy itself", split.tool()));
    }

    /// The drawing, as SVG.
    public String draw() {
        Svg svg = new Svg(
                "split", WIDTH, 48, "Where the time went", "One bar in five parts; the table below names them.");
        Axis axis = new Axis(0, Math.max(split.total(), 1), 0, WIDTH);
        long from = 0;
        double labelledUntil = 0;
        List<Part> parts = parts();
        for (int n = 0; n < parts.size(); n++) {
            Part part = parts.get(n);
            double x = axis.at(from);
            double width = axis.at(from + part.nanos()) - x;
            svg.rect(x, 0, width, 20, INKS.get(n));
            String said = part.name() + " " + share(part);
            if (x >= labelledUntil && x + Svg.widthOf(said) < WIDTH && part.nanos() > 0) {
                svg.text(x, 38, Svg.Anchor.START, Ink.MUTED, said);
                labelledUntil = x + Svg.widthOf(said) + 8;
            }
            from += part.nanos();
        }
        return svg.close();
    }

    /// The share of a part in the whole.
    public String share(Part part) {
        return split.total() == 0 ? Words.NOT_MEASURED : Words.share((double) part.nanos() / split.total());
    }
}
