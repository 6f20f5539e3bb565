package dev.understudy.scenario.grammar;

import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.DeviationSpec.Scope;
import dev.understudy.scenario.DeviationSpec.Target;
import dev.understudy.scenario.DeviationSpec.Until;
import dev.understudy.scenario.KindSignature;
import dev.understudy.scenario.KindSignature.Parameter;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.tree.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads deviations: the keys that all of them have, and the parameters of their kind.
final class DeviationGrammar {
    /// Keys that every kind has; a kind's own parameters stand beside them.
    static final List<String> COMMON = List.of("id", "kind", "profile", "after", "for", "on", "until", "mustBreach");
    private static final List<String> AIMS = Words.of(KindSignature.Aim.class);
    private static final Target NOTHING = new Target.OnService("");

    private final Reading reading;
    private final Kinds kinds;

    DeviationGrammar(Reading reading, Kinds kinds) {
        this.reading = reading;
        this.kinds = kinds;
    }

    DeviationSpec deviation(Node node, String what) {
        Optional<KindSignature> kind = kind(node);
        Fields fields = Fields.of(reading, node, "the deviation", keys(node, kind), otherAims(kind));
        fields.node("profile").ifPresent(word -> reading.values().word(word, "'profile'", List.of("step")));
        fields.need("kind").filter(_ -> kind.isEmpty()).ifPresent(this::unknownKind);
        DeviationSpec spec = new DeviationSpec(
                fields.need("id", "", (id, key) -> reading.values().matching(id, key, Names.ID, "an id")),
                fields.place(),
                kind.map(KindSignature::name).orElse(""),
                kind.map(known -> target(fields, known)).orElse(NOTHING),
                kind.map(known -> parameters(fields, known)).orElse(Map.of()),
                fields.time("after", Duration.ZERO),
                fields.optionalTime("for"),
                fields.word("on", Scope.class, Scope.ALL),
                fields.word("until", Until.class, Until.RECOVERY),
                fields.flag("mustBreach"));
        if (spec.on() == Scope.CANDIDATE && spec.until() != Until.BREACH) {
            reading.findings()
                    .add(
                            fields.node("on").map(Node::place).orElse(spec.place()),
                            "a deviation on: candidate needs until: breach",
                            "Otherwise its own end would look like the success of the rollback.");
        }
        return spec;
    }

    private Optional<KindSignature> kind(Node node) {
        return node instanceof Node.Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> entry.key().equals("kind"))
                        .findFirst()
                        .flatMap(entry -> entry.value() instanceof Node.Scalar word
                                        && kinds.named(word.text()).isPresent()
                                ? kinds.named(word.text())
                                : Optional.empty())
                : Optional.empty();
    }

    /// Of a kind that is not known no key can be called unknown.
    private List<String> keys(Node node, Optional<KindSignature> kind) {
        List<String> keys = new ArrayList<>(COMMON);
        if (kind.isPresent()) {
            keys.add(Words.of(kind.get().aim()));
            kind.get().parameters().forEach(parameter -> keys.add(parameter.name()));
        } else if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach(entry -> keys.add(entry.key()));
        }
        return keys;
    }

    private static Map<String, String> otherAims(Optional<KindSignature> kind) {
        return kind.map(known -> AIMS.stream()
                        .filter(aim -> !aim.equals(Words.of(known.aim())))
                        .collect(Collectors.toMap(
                                aim -> aim,
                                _ -> "is not what " + known.name() + " acts on: write " + Words.of(known.aim()))))
                .orElse(Map.of());
    }

    private void unknownKind(Node node) {
        reading.values().word(node, "'kind'", kinds.names());
    }

    private Target target(Fields fields, KindSignature kind) {
        String key = Words.of(kind.aim());
        if (!fields.has(key) && AIMS.stream().anyMatch(fields::hasRefused)) {
            return NOTHING;
        }
        return switch (kind.aim()) {
            case LINK ->
                new Target.OnLink(
                        fields.need(key, new Link("", ""), (node, what) -> reading.link(node, what, kind.onHttp())));
            case SERVICE ->
                new Target.OnService(
                        fields.need(key, "", (node, what) -> reading.service(node, what, Mention.Trait.RUNS)));
            case RULE ->
                new Target.OnRule(fields.need(key, "", (node, what) -> {
                    String rule = reading.values().matching(node, what, Names.ID, "the id of a stability rule");
                    if (!rule.isEmpty()) {
                        reading.mention(new Mention.OfRule(node.place(), rule));
                    }
                    return rule;
                }));
        };
    }

    private Map<String, Quantity> parameters(Fields fields, KindSignature kind) {
        Map<String, Quantity> parameters = new LinkedHashMap<>();
        for (Parameter parameter : kind.parameters()) {
            Optional<Node> node =
                    parameter.byDefault().isPresent() ? fields.node(parameter.name()) : fields.need(parameter.name());
            node.flatMap(value -> value(value, parameter))
                    .or(() -> parameter.byDefault().flatMap(text -> Units.parse(parameter.unit(), text)))
                    .ifPresent(quantity -> parameters.put(parameter.name(), quantity));
        }
        return parameters;
    }

    private boolean isWithin(Quantity quantity, Parameter parameter, Node node, String what) {
        boolean within = quantity.unit() != Quantity.Unit.COUNT
                || (quantity.asCount() >= parameter.least() && quantity.asCount() <= parameter.most());
        if (!within) {
            reading.findings()
                    .add(
                            node.place(),
                            what + " must be a whole number from " + parameter.least() + " to " + parameter.most()
                                    + ", not " + node.described());
        }
        return within;
    }

    private Optional<Quantity> value(Node node, Parameter parameter) {
        String what = "'" + parameter.name() + "'";
        if (parameter.unit() != Quantity.Unit.WORD) {
            return reading.values()
                    .quantity(node, what, parameter.unit())
                    .filter(quantity -> isWithin(quantity, parameter, node, what));
        }
        String word = parameter.words().isEmpty()
                ? reading.values().text(node, what)
                : reading.values().word(node, what, parameter.words());
        return word.isEmpty() ? Optional.empty() : Units.parse(Quantity.Unit.WORD, word);
    }
}
