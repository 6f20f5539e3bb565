package dev.understudy.report.drawing;

import dev.understudy.report.words.Xml;
import java.util.Locale;

/// Writes one drawing. Every text that comes from outside is escaped here; numbers have at most one decimal, so
/// that the same figures are always the same bytes. Not thread-safe; use one for one drawing.
final class Svg {

    /// Where a text is held.
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private static final String DASHED = " stroke-dasharray=\"4 3\"";

    private final StringBuilder out = new StringBuilder(4096);

    /// Begins a drawing that is read out as `title` and `description`; `id` must be unique on the page.
    Svg(String id, int width, int height, String title, String description) {
        add(("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"%1$s-t %1$s-d\" "
                        + "viewBox=\"0 0 %2$s %3$s\" width=\"%2$s\" height=\"%3$s\" "
                        + "font-family=\"system-ui, sans-serif\" font-size=\"12\" stroke-linejoin=\"round\" paint-order=\"stroke\">"
                        + "<title id=\"%1$s-t\">%4$s</title><desc id=\"%1$s-d\">%5$s</desc>")
                .formatted(id, width, height, Xml.escape(title), Xml.escape(description)));
    }

    Svg rect(double x, double y, double width, double height, Ink ink) {
        return box(x, y, width, height, ink.fill());
    }

    /// A bar with an outline, told apart from a filled one without colour.
    Svg outlined(double x, double y, double width, double height, Ink ink) {
        return box(x, y, width, height, "fill=\"none\" stroke-width=\"1.5\" " + ink.stroke());
    }

    /// A rim of `thickness` alone, broken or full.
    Svg rimmedBox(double x, double y, double width, double height, Ink ink, int thickness, boolean dashed) {
        String look = "fill=\"none\" stroke-width=\"" + thickness + "\" " + ink.stroke() + (dashed ? DASHED : "");
        return box(x, y, width, height, look);
    }

    private Svg box(double x, double y, double width, double height, String look) {
        return add("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" %s/>"
                .formatted(number(x), number(y), number(Math.max(width, 0)), number(height), look));
    }

    Svg line(double x1, double y1, double x2, double y2, Ink ink) {
        return stroke(x1, y1, x2, y2, ink.stroke());
    }

    Svg dashed(double x1, double y1, double x2, double y2, Ink ink) {
        return stroke(x1, y1, x2, y2, ink.stroke() + DASHED);
    }

    /// A line as thick as those of [#path].
    Svg sample(double x1, double x2, double y, Ink ink, boolean dashed) {
        return stroke(x1, y, x2, y, ink.stroke() + " stroke-width=\"1.7\"" + (dashed ? DASHED : ""));
    }

    private Svg stroke(double x1, double y1, double x2, double y2, String look) {
        return add("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" %s/>"
                .formatted(number(x1), number(y1), number(x2), number(y2), look));
    }

    Svg disc(double x, double y, double radius, Ink ink) {
        return add("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" %s/>"
                .formatted(number(x), number(y), number(radius), ink.fill()));
    }

    Svg ring(double x, double y, double radius, Ink ink) {
        disc(x, y, radius, Ink.PAPER);
        return add("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"none\" stroke-width=\"2\" %s/>"
                .formatted(number(x), number(y), number(radius), ink.stroke()));
    }

    /// A line through `points`, given as the data of an SVG path.
    Svg path(CharSequence points, Ink ink, boolean dashed) {
        return points.isEmpty()
                ? this
                : add("<path d=\"%s\" fill=\"none\" stroke-width=\"1.7\" %s%s/>"
                        .formatted(points, ink.stroke(), dashed ? DASHED : ""));
    }

    /// A line through `points` that stands out among those of [#path].
    Svg thick(CharSequence points, Ink ink) {
        return add("<path d=\"%s\" fill=\"none\" stroke-width=\"3\" %s/>".formatted(points, ink.stroke()));
    }

    Svg text(double x, double y, Anchor anchor, Ink ink, String text) {
        return text(x, y, anchor, ink.fill(), text);
    }

    Svg bold(double x, double y, Anchor anchor, Ink ink, String text) {
        return text(x, y, anchor, ink.rimmed() + " font-weight=\"600\"", text);
    }

    /// Text that stays readable where it crosses a line.
    Svg rimmed(double x, double y, Anchor anchor, Ink ink, String text) {
        return text(x, y, anchor, ink.rimmed(), text);
    }

    private Svg text(double x, double y, Anchor anchor, String look, String text) {
        String held =
                anchor == Anchor.START ? "" : " text-anchor=\"" + anchor.name().toLowerCase(Locale.ROOT) + "\"";
        return add(
                "<text x=\"%s\" y=\"%s\" %s%s>%s</text>".formatted(number(x), number(y), look, held, Xml.escape(text)));
    }

    /// Ends the drawing.
    String close() {
        return add("</svg>").out.toString();
    }

    private Svg add(String element) {
        out.append(element);
        return this;
    }

    /// At most one decimal, none if it is 0.
    static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0
                ? Long.toString(tenths / 10)
                : (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10 + "." + Math.abs(tenths) % 10;
    }

    /// How wide a text of this size will be, roughly and rather too wide than too narrow.
    static double widthOf(String text) {
        return text.codePointCount(0, text.length()) * 6.6;
    }
}
