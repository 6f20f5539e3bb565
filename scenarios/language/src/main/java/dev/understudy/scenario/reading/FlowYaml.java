package dev.understudy.scenario.reading;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A JSON value as a person would write it on one line of YAML. Pure.
final class FlowYaml {
    /// Needs no quotes, and no reader takes it for a number, a truth value or a time.
    private static final Pattern PLAIN = Pattern.compile(
            "(?!(?i:true|false|yes|no|null|~)$)(?![0-9.:-]+$)[A-Za-z0-9_./](?:[A-Za-z0-9_./%> -]*[A-Za-z0-9_./%]"
                    + "|[A-Za-z]*:[A-Za-z0-9_-]+)?");

    private FlowYaml() {}

    static String of(JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> text(entry.getKey()) + ": " + of(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value.isArray()) {
            return value.valueStream().map(FlowYaml::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return value.isString() ? text(value.asString()) : value.toString();
    }

    private static String text(String text) {
        return PLAIN.matcher(text).matches() ? text : YamlScalar.quoted(text);
    }
}
