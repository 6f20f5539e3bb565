package dev.understudy.report.drawing;

/// A small bar of a value against its budget. It only repeats what the figure beside it says, so it is not read
/// aloud.
public final class Gauge {

    private static final int WIDTH = 240;

    private Gauge() {}

    /// The drawing, as SVG; the budget is the upright stroke.
    public static String draw(long value, long budget) {
        Axis axis = new Axis(0, Math.max(Math.max(value, budget) * 1.06, 1), 0, WIDTH);
        Ink ink = value > budget ? Ink.BAD : Ink.GOOD;
        return "<svg class=\"gauge\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 10\" width=\"240\" "
                + "height=\"10\" aria-hidden=\"true\" focusable=\"false\">"
                + box(0, 4, WIDTH, 2, Ink.HAIR)
                + box(0, 3, axis.at(value), 4, ink)
                + box(axis.at(budget) - 1, 0, 2, 10, Ink.TEXT)
                + "</svg>";
    }

    private static String box(double x, int y, double width, int height, Ink ink) {
        return "<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" %s/>"
                .formatted(Svg.number(x), y, Svg.number(Math.max(width, 1)), height, ink.fill());
    }
}
