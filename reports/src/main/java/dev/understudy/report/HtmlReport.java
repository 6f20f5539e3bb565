package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.regex.Pattern;

/// Renders one run as one self-contained HTML file: no request, light, dark and paper by style sheet alone,
/// complete where styles and scripts are blocked; the only script is the [Zoom], an extra. Drawings are made here as
/// SVG with presentation attributes. Pure
/// and thread-safe: the same summary gives the same bytes.
public final class HtmlReport {

    /// End tags of cells and rows, which HTML lets one leave out: a report has thousands.
    private static final Pattern OPTIONAL = Pattern.compile("</t[dhr]>");

    private HtmlReport() {}

    /// The whole file, in UTF-8 when written.
    @SuppressWarnings("NullAway") // jte takes null for "no interceptor", but the generated signature can't say so
    public static String render(RunSummary run) {
        StringOutput text = new StringOutput(64 * 1024);
        JtereportGenerated.render(new OwaspHtmlTemplateOutput(text), null, new Page(run));
        return OPTIONAL.matcher(text.toString()).replaceAll("");
    }
}
