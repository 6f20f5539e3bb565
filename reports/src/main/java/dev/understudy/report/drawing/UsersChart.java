package dev.understudy.report.drawing;

import dev.understudy.analysis.RunSummary.Mark;
import dev.understudy.report.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/// Draws what users of both arms saw: latency and errors on one time axis, with the moments that matter. The
/// candidate is a full line, the control a broken one.
public record UsersChart(Thinning seen, List<Mark> marks, long origin, String originName) {

    private static final int WIDTH = 1080;
    private static final int LEFT = 76;
    private static final int RIGHT = 1064;
    private static final int PANEL = 118;
    private static final int GAP = 40;
    private static final int LANE = 17;

    /// One of the stacked pictures.
    private record Panel(String name, Function<Thinning.Slice, OptionalDouble> value, boolean isTime) {}

    private record Label(Mark mark, String text, double x, int lane) {

        private Ink ink() {
            return switch (mark.kind()) {
                case FIRST_BAD, DETECTED -> Ink.BAD;
                case RECOVERED -> Ink.GOOD;
                case CHANGE, WATCH, DEVIATION, ROLLBACK -> Ink.TEXT;
            };
        }
    }

    private static final List<Panel> PANELS = List.of(
            new Panel("Latency p99", s -> widened(s.p99()), true),
            new Panel("Latency p50", s -> widened(s.p50()), true),
            new Panel("Failed requests", Thinning.Slice::worstErrorShare, false));

    private static OptionalDouble widened(OptionalLong value) {
        return value.isPresent() ? OptionalDouble.of((double) value.getAsLong()) : OptionalDouble.empty();
    }

    /// The drawing, as SVG.
    public String draw() {
        Axis time = new Axis(seen.start(), seen.at(Math.max(seen.count(), 1)), LEFT, RIGHT);
        List<Label> labels = labels(time);
        int lanes = labels.stream().mapToInt(Label::lane).max().orElse(-1) + 1;
        int top = lanes * LANE + 34;
        int bottom = top + PANELS.size() * PANEL + (PANELS.size() - 1) * GAP;
        Svg svg = new Svg("users", WIDTH, bottom + 44, "Latency and failed requests in both arms", description());
        bands(svg, time, top, bottom);
        for (int n = 0; n < PANELS.size(); n++) {
            panel(svg, time, PANELS.get(n), top + n * (PANEL + GAP));
        }
        for (Label label : labels) {
            svg.dashed(label.x(), label.lane() * LANE + 6, label.x(), bottom, label.ink());
        }
        for (Label label : labels) {
            label(svg, label);
        }
        legend(svg, top - 9);
        timeAxis(svg, time, bottom);
        return svg.close();
    }

    private void bands(Svg svg, Axis time, int top, int bottom) {
        for (Mark mark : marks) {
            if (mark.kind() == Mark.Kind.DEVIATION) {
                double from = within(time, mark.at());
                double until = within(time, mark.until().orElse(Math.round(time.high())));
                svg.rect(from, top, Math.max(until - from, 2), bottom - top, Ink.BAND);
            }
        }
    }

    private static double within(Axis time, long at) {
        return Math.clamp(time.at(at), LEFT, RIGHT);
    }

    private void panel(Svg svg, Axis time, Panel panel, int top) {
        Axis value = scale(panel, top);
        for (double tick : panel.isTime() ? value.timeTicks(4) : value.ticks(5)) {
            double y = value.at(tick);
            svg.line(LEFT, y, RIGHT, y, Ink.HAIR);
            String said = panel.isTime() ? Words.duration(Math.round(tick)) : Words.share(tick);
            svg.text(LEFT - 8, y + 4, Svg.Anchor.END, Ink.MUTED, said);
        }
        svg.line(LEFT, top + PANEL, RIGHT, top + PANEL, Ink.MUTED);
        svg.bold(LEFT, top - 9, Svg.Anchor.START, Ink.TEXT, panel.name());
        for (int n = seen.arms().size() - 1; n >= 0; n--) {
            Thinning.Arm arm = seen.arms().get(n);
            boolean control = arm.name().equals("control");
            svg.path(pathOf(arm, panel, time, value), control ? Ink.CONTROL : Ink.CANDIDATE, control);
        }
    }

    private Axis scale(Panel panel, int top) {
        double most = seen.arms().stream()
                .flatMap(arm -> arm.slices().values().stream())
                .map(panel.value())
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max()
                .orElse(0);
        double least = panel.isTime() ? 1e6 : 0.01;
        double high = Math.max(most, least) * (panel.isTime() ? 1.08 : 1);
        return new Axis(0, panel.isTime() ? high : Math.min(high * 1.08, 1.0001), top + PANEL, top);
    }

    /// A slice without requests breaks the line; a lone slice still shows, as a short dash.
    /// Goes from point to point by what they are apart, which takes half the bytes.
    private CharSequence pathOf(Thinning.Arm arm, Panel panel, Axis time, Axis value) {
        StringBuilder path = new StringBuilder();
        long previous = -2;
        long penX = 0;
        long penY = 0;
        for (Thinning.Slice slice : arm.slices().values()) {
            OptionalDouble now = panel.value().apply(slice);
            if (now.isEmpty()) {
                continue;
            }
            long x = Math.round(time.at(seen.at(slice.number()) + seen.width() / 2.0));
            long y = Math.round(value.at(now.getAsDouble()));
            if (slice.number() == previous + 1) {
                path.append('l').append(x - penX).append(y < penY ? "" : " ").append(y - penY);
                penX = x;
            } else {
                path.append('M').append(x).append(' ').append(y).append("h1");
                penX = x + 1;
            }
            penY = y;
            previous = slice.number();
        }
        return path;
    }

    /// Puts each label into the first lane in which it meets no other.
    private List<Label> labels(Axis time) {
        List<Label> placed = new ArrayList<>();
        List<Double> taken = new ArrayList<>();
        List<Mark> inOrder =
                marks.stream().sorted(Comparator.comparingLong(Mark::at)).toList();
        for (Mark mark : inOrder) {
            String text = said(mark);
            double width = Svg.widthOf(text) + 14;
            double line = within(time, mark.at());
            double x = Math.min(line, RIGHT - width);
            int lane = 0;
            while (lane < taken.size() && taken.get(lane) > x) {
                lane++;
            }
            if (lane == taken.size()) {
                taken.add(0.0);
            }
            taken.set(lane, x + width);
            placed.add(new Label(mark, text, line, lane));
        }
        return placed;
    }

    /// What a mark is called: its kind in words, for a deviation with its name.
    public static String said(Mark mark) {
        return switch (mark.kind()) {
            case CHANGE -> "change shipped";
            case WATCH -> "rules watch";
            case DEVIATION -> "deviation " + Words.shorten(mark.label(), 24);
            case FIRST_BAD -> "first bad request";
            case DETECTED -> "detected";
            case ROLLBACK -> "rollback begins";
            case RECOVERED -> "recovered";
        };
    }

    private static void label(Svg svg, Label label) {
        double y = label.lane() * LANE + 14;
        boolean atRight = label.x() + Svg.widthOf(label.text()) + 14 > RIGHT;
        double x = atRight ? label.x() - 5 : label.x() + 5;
        svg.rimmed(x, y, atRight ? Svg.Anchor.END : Svg.Anchor.START, label.ink(), label.text());
    }

    private static void legend(Svg svg, int y) {
        svg.sample(RIGHT - 178, RIGHT - 150, y - 4, Ink.CANDIDATE, false);
        svg.rimmed(RIGHT - 144, y, Svg.Anchor.START, Ink.TEXT, "candidate");
        svg.sample(RIGHT - 74, RIGHT - 46, y - 4, Ink.CONTROL, true);
        svg.rimmed(RIGHT, y, Svg.Anchor.END, Ink.TEXT, "control");
    }

    private void timeAxis(Svg svg, Axis time, int bottom) {
        Axis relative = new Axis(time.low() - origin, time.high() - origin, LEFT, RIGHT);
        for (double tick : relative.timeTicks(8)) {
            double x = relative.at(tick);
            svg.line(x, bottom, x, bottom + 4, Ink.MUTED);
            Svg.Anchor anchor = x > RIGHT - 20 ? Svg.Anchor.END : Svg.Anchor.MIDDLE;
            String said = tick == 0 ? "0" : Words.duration(Math.round(tick));
            svg.text(x, bottom + 18, anchor, Ink.MUTED, said);
        }
        svg.text(RIGHT, bottom + 38, Svg.Anchor.END, Ink.MUTED, "time from " + originName);
    }

    private String description() {
        StringBuilder said = new StringBuilder("Three stacked line charts over time from " + originName
                + ": latency p99, latency p50 and share of failed requests; a full line for the candidate, a broken "
                + "line for the control. Marks:");
        marks.stream()
                .sorted(Comparator.comparingLong(Mark::at))
                .forEach(mark -> said.append(' ')
                        .append(said(mark))
                        .append(" at ")
                        .append(Words.after(mark.at() - origin))
                        .append(';'));
        return said.append(" the table below holds the same figures.").toString();
    }
}
