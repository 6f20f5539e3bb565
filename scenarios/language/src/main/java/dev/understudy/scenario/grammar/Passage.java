package dev.understudy.scenario.grammar;

import dev.understudy.promql.alerts.RulePlace;
import dev.understudy.promql.alerts.RuleText;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.tree.Node;

/// A scalar as an expression of several lines that knows where each of its letters stands in the file. Between the
/// parts of an expression a line break is worth a blank, so unquoted scalars are taken as the file has them, before
/// YAML folds their lines.
final class Passage {
    private Passage() {}

    /// The scalar's text. @param file the text of the whole file; empty if it isn't known
    static RuleText of(String file, Node.Scalar scalar) {
        Place place = scalar.place();
        String raw = scalar.end() <= file.length() ? file.substring(scalar.start(), scalar.end()) : scalar.text();
        if (raw.startsWith("|") || raw.startsWith(">")) {
            int content = raw.indexOf('\n') + 1;
            return content == 0
                    ? text(scalar.text(), place, 0)
                    : text(raw.substring(content).stripTrailing(), below(place), 0);
        }
        boolean quoted = raw.startsWith("\"") || raw.startsWith("'");
        return quoted ? text(scalar.text(), place, 1) : text(raw, place, 0);
    }

    private static Place below(Place place) {
        return new Place(place.file(), place.line() + 1, 1);
    }

    private static RuleText text(String text, Place place, int further) {
        return new RuleText(text, new RulePlace(place.file(), place.line(), place.column() + further), 1);
    }

    /// The same place in the words of this module.
    static Place place(RulePlace place) {
        return new Place(place.file(), place.line(), place.column());
    }
}
