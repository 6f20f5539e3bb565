package dev.understudy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class DrawingTest {

    private static final Pattern INK =
            Pattern.compile("(?<=class=\"|class=\"f-text |class=\"f-good |class=\"f-bad )[fs]-[a-z]+");

    /// About what a letter takes in the fonts of the three systems at this size.
    private static final double LETTER = 6.2;

    @Test
    void noTextOfAnyDrawingIsClipped() {
        for (Map.Entry<String, RunSummary> summary : Summaries.all().entrySet()) {
            for (String drawing : Markup.drawings(HtmlReport.render(summary.getValue()))) {
                Element svg = Markup.parse(drawing).getDocumentElement();
                double right = Double.parseDouble(svg.getAttribute("width"));
                NodeList texts = svg.getElementsByTagName("text");
                for (int n = 0; n < texts.getLength(); n++) {
                    Element text = (Element) texts.item(n);
                    double width = text.getTextContent().length() * LETTER;
                    double from = Double.parseDouble(text.getAttribute("x"))
                            - switch (text.getAttribute("text-anchor")) {
                                case "end" -> width;
                                case "middle" -> width / 2;
                                default -> 0;
                            };
                    assertThat(from)
                            .as("%s: %s", summary.getKey(), text.getTextContent())
                            .isGreaterThanOrEqualTo(0);
                    assertThat(from + width)
                            .as("%s: %s", summary.getKey(), text.getTextContent())
                            .isLessThanOrEqualTo(right);
                }
            }
        }
    }

    @Test
    void drawingsAreCompleteWithoutStyles() {
        String html = HtmlReport.render(Summaries.noGoChange());
        Pattern shape = Pattern.compile("<(rect|circle|line|path|text)\\b[^>]*>");

        for (String drawing : Markup.drawings(html)) {
            assertThat(shape.matcher(drawing).results().map(MatchResult::group))
                    .allMatch(s -> s.contains("fill=\"") || s.contains("stroke=\""));
        }
    }

    @Test
    void everyColourOfADrawingHasItsPartInTheStyleSheet() {
        for (RunSummary run : Summaries.all().values()) {
            String html = HtmlReport.render(run);
            for (MatchResult colour : INK.matcher(html).results().toList()) {
                assertThat(html).contains("." + colour.group() + "{");
            }
        }
    }

    @Test
    void textHasEnoughContrastInLightAndDark() {
        String html = HtmlReport.render(Summaries.noGoChange());
        String light = html.substring(html.indexOf(":root{"), html.indexOf('}', html.indexOf(":root{")));
        int second = html.indexOf(":root{", html.indexOf(":root{") + 1);
        String dark = html.substring(second, html.indexOf('}', second));

        for (String theme : new String[] {light, dark}) {
            for (String text : new String[] {"text", "muted", "accent", "good", "bad", "open"}) {
                assertThat(contrast(colour(theme, text), colour(theme, "paper")))
                        .as(text)
                        .isGreaterThan(4.5);
            }
            for (String tone : new String[] {"good", "bad", "open"}) {
                for (String text : new String[] {"text", "muted", "accent", tone}) {
                    assertThat(contrast(colour(theme, text), colour(theme, tone + "-wash")))
                            .as("%s on %s", text, tone)
                            .isGreaterThan(4.5);
                }
            }
            for (String line : new String[] {"accent", "control", "good", "bad"}) {
                assertThat(contrast(colour(theme, line), colour(theme, "band")))
                        .as(line)
                        .isGreaterThan(3);
            }
        }
    }

    private static double[] colour(String theme, String name) {
        java.util.regex.Matcher found =
                Pattern.compile("--" + name + ":#([0-9a-f]+)").matcher(theme);
        assertThat(found.find()).as(name).isTrue();
        String hex = found.group(1);
        int digits = hex.length() / 3;
        double[] rgb = new double[3];
        for (int n = 0; n < 3; n++) {
            String part = hex.substring(n * digits, (n + 1) * digits);
            double share = Integer.parseInt(digits == 1 ? part + part : part, 16) / 255.0;
            rgb[n] = share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
        }
        return rgb;
    }

    /// WCAG 2.2, relative luminance and contrast ratio.
    private static double contrast(double[] one, double[] other) {
        double a = 0.2126 * one[0] + 0.7152 * one[1] + 0.0722 * one[2];
        double b = 0.2126 * other[0] + 0.7152 * other[1] + 0.0722 * other[2];
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }
}
