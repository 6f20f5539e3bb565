package dev.understudy.report;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;

/// Renders all scenarios of a command as one self-contained HTML page, a line each, by the same rules as
/// [HtmlReport]. Its links lead to the reports of the runs beside it. Pure and thread-safe.
public final class SuiteHtml {

    private SuiteHtml() {}

    /// The whole file.
    /// @param home the id of the run in whose directory the page will lie
    @SuppressWarnings("NullAway") // jte takes null for "no interceptor", but the generated signature can't say so
    public static String render(List<SuiteEntry> entries, String home) {
        StringOutput text = new StringOutput(16 * 1024);
        JtesuiteGenerated.render(new OwaspHtmlTemplateOutput(text), null, new SuitePage(SuiteLine.all(entries), home));
        return text.toString();
    }
}
