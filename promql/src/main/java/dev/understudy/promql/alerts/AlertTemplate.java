package dev.understudy.promql.alerts;

import dev.understudy.promql.series.FloatText;
import dev.understudy.promql.series.Labels;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The two things that nearly all templates of alerts say: `{{ $labels.name }}` and `{{ $value }}`. Of
/// Go's template language nothing else; other actions stay as they are written.
final class AlertTemplate {
    private static final Pattern REFERENCE = Pattern.compile(
            "\\{\\{-?[ \\t]*(?:(?:\\$labels|\\.Labels)\\.([a-zA-Z_][a-zA-Z0-9_]*)|\\$value|\\.Value)[ \\t]*-?}}");
    private static final Pattern ACTION = Pattern.compile("\\{\\{[^}]*(}}|$)");

    private AlertTemplate() {}

    static String expand(String template, Labels labels, double value) {
        return REFERENCE
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? FloatText.shortest(value) : labels.get(found.group(1))));
    }

    /// The first action that isn't one of the two.
    static Optional<String> unsupported(String template) {
        Matcher action = ACTION.matcher(REFERENCE.matcher(template).replaceAll(""));
        return action.find() ? Optional.of(action.group()) : Optional.empty();
    }
}
