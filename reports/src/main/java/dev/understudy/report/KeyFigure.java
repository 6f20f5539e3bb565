package dev.understudy.report;

import dev.understudy.report.drawing.Gauge;
import dev.understudy.report.drawing.Sign;
import java.util.List;

/// One of the figures of the first screen: what it is, its value, what it is held against, the sign and word
/// for how that came out, and notes.
///
/// @param gauge a drawing of value against budget, or nothing
record KeyFigure(String term, String value, String beside, Sign sign, String word, List<String> notes, String gauge) {

    KeyFigure(String term, String value, String beside, Sign sign, String word, List<String> notes) {
        this(term, value, beside, sign, word, notes, "");
    }

    KeyFigure withGauge(long value, long budget) {
        return new KeyFigure(term, this.value, beside, sign, word, notes, Gauge.draw(value, budget));
    }
}
