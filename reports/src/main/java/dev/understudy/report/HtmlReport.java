package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.report.comparison.Comparison;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Optional;
import java.util.regex.Pattern;

/// Renders one run as one self-contained HTML file: no request, light, dark and paper by style sheet alone,
/// complete where styles and scripts are blocked; the only script is the [Zoom], an extra. Drawings are made here as
/// SVG with presentation attributes. Pure
/// and thread-safe: the same summary gives the same bytes.
public final class HtmlReport {

    /// End tags of cells and rows, which HTML lets one leave out: a report has thousands.
    private static final Pattern OPTIONAL = Pattern.compile("</t[dhr]>");

    private HtmlReport() {}

    /// The whole file of a run without a baseline, in UTF-8 when written.
    public static String render(RunSummary run) {
        return render(run, Optional.empty());
    }

    /// The whole file of a run that is held against a baseline.
    @SuppressWarnings("NullAway") // jte takes null for "no interceptor", but the generated signature can't say so
    public static String render(RunSummary run, Optional<Comparison> comparison) {
        StringOutput text = new StringOutput(64 * 1024);
        JtereportGenerated.render(new OwaspHtmlTemplateOutput(text), null, new Page(run, comparison));
        return OPTIONAL.matcher(text.toString()).replaceAll("");
    }
}
