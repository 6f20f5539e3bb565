package dev.understudy.promql.alerts;

/// A text of a rule file, and where it stands, so that what is wrong inside an expression has a place in
/// the file.
///
/// @param place of its first character
/// @param indent the column at which its further lines begin, for a text over several lines
public record RuleText(String text, RulePlace place, int indent) {

    /// A text on one line.
    public RuleText(String text, RulePlace place) {
        this(text, place, place.column());
    }

    /// The place in the file of a line and column in this text, both from 1.
    public RulePlace at(int line, int column) {
        int first = line == 1 ? place.column() : indent;
        return new RulePlace(place.file(), place.line() + line - 1, first + column - 1);
    }

    /// The place in the file of the character at `offset`.
    public RulePlace at(int offset) {
        String before = text.substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return at(line, before.length() - before.lastIndexOf('\n'));
    }

    @Override
    public String toString() {
        return text;
    }
}
