package dev.understudy.promql.alerts;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rules as a reader of YAML would make them.
final class Written {
    private Written() {}

    static RuleText at(int line, int column, String text) {
        return new RuleText(text, new RulePlace("rules.yaml", line, column));
    }

    static Rule.Alerting alert(String name, String expression, Duration lasting, Duration keep, String... labels) {
        return new Rule.Alerting(at(4, 14, name), at(5, 13, expression), lasting, keep, texts(labels), Map.of());
    }

    static Rule.Alerting alert(String name, String expression, Duration lasting) {
        return alert(name, expression, lasting, Duration.ZERO);
    }

    static Rule.Recording record(String name, String expression, String... labels) {
        return new Rule.Recording(at(4, 14, name), at(5, 13, expression), texts(labels));
    }

    static RuleGroup group(String name, Rule... rules) {
        return new RuleGroup(at(2, 11, name), Optional.empty(), 0, Map.of(), List.of(rules));
    }

    static AlertRules rules(Rule... rules) {
        return new AlertRules(List.of(group("shop", rules)));
    }

    static Map<String, RuleText> texts(String... namesAndValues) {
        Map<String, RuleText> texts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            texts.put(namesAndValues[i], at(6 + i / 2, 9, namesAndValues[i + 1]));
        }
        return texts;
    }
}
