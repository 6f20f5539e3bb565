package dev.understudy.report;

import dev.understudy.report.words.UriPath;
import java.util.List;
import java.util.Optional;

/// What the template of the suite page asks for. Immutable.
record SuitePage(List<SuiteLine> lines, String home) {

    SuiteTotals totals() {
        return SuiteTotals.of(lines);
    }

    /// Where the report of a line lies, seen from this page.
    Optional<String> link(SuiteLine line) {
        return line.runId()
                .filter(_ -> line.hasReport())
                .map(id -> id.equals(home) ? "report.html" : "../" + UriPath.encode(id) + "/report.html");
    }
}
