package dev.understudy.scenario.grammar;

import dev.understudy.scenario.ShadowSpec;
import dev.understudy.scenario.ShadowSpec.DataSource;
import dev.understudy.scenario.ShadowSpec.Isolation;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.scenario.tree.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads how the shadow differs from live.
final class ShadowGrammar {
    private static final ShadowSpec PLAIN = new ShadowSpec(Optional.empty(), Map.of(), Map.of(), Isolation.ENFORCED);

    private final Reading reading;

    private ShadowGrammar(Reading reading) {
        this.reading = reading;
    }

    static ShadowSpec read(Reading reading, Optional<Node> node) {
        return node.map(new ShadowGrammar(reading)::shadow).orElse(PLAIN);
    }

    private ShadowSpec shadow(Node node) {
        Fields fields =
                Fields.of(reading, node, "'shadow'", List.of("maxPause", "data", "services", "isolation", "mask"));
        Map<String, DataSource> data = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(fields.node("data"), "'data'", 0)) {
            String service = service(entry, Mention.Trait.STATEFUL, Mention.Trait.RUNS);
            DataSource source = source(entry.value(), service);
            if (source instanceof DataSource.Snapshot) {
                reading.mention(new Mention.OfSnapshot(entry.place(), service));
            }
            data.put(service, source);
        }
        Map<String, ServiceMode> modes = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(fields.node("services"), "'services'", 0)) {
            ServiceMode mode = mode(entry.value(), "'" + entry.key() + "'");
            String service = service(entry);
            if (mode != ServiceMode.RUN) {
                reading.mention(new Mention.OfAbsent(entry.place(), service, mode == ServiceMode.OMIT));
            }
            modes.put(service, mode);
        }
        return new ShadowSpec(
                maxPause(fields),
                data,
                modes,
                fields.word("isolation", Isolation.class, Isolation.ENFORCED),
                fields.list("mask", 0, new MaskGrammar(reading)::mask));
    }

    private Optional<Duration> maxPause(Fields fields) {
        Optional<Duration> pause =
                fields.has("maxPause") ? Optional.of(fields.time("maxPause", Duration.ZERO)) : Optional.empty();
        if (pause.filter(wanted -> wanted.compareTo(ShadowSpec.LONGEST_PAUSE) > 0)
                .isPresent()) {
            fields.refuse("maxPause", "is longer than live may be paused: at most 500ms");
        }
        return pause;
    }

    private String service(Node.Entry entry, Mention.Trait... traits) {
        String service = reading.values().key(entry.name(), "service name", Names.SERVICE);
        return reading.service(entry.place(), service, traits);
    }

    private DataSource source(Node node, String service) {
        String what = "the data of '" + service + "'";
        if (node instanceof Node.Scalar) {
            String word = reading.values().word(node, what, List.of("snapshot", "empty"));
            return word.equals("empty") ? new DataSource.Empty() : new DataSource.Snapshot();
        }
        Fields fields = Fields.of(reading, node, what, List.of("restore", "command"));
        String key = fields.oneOf(List.of("restore", "command")).orElse("");
        return key.equals("command")
                ? new DataSource.Command(fields.list(key, 1, reading.values()::looseText))
                : new DataSource.Restore(
                        fields.optional("restore", (from, restore) -> reading.restored(from, restore, service))
                                .orElse(""));
    }

    private ServiceMode mode(Node node, String what) {
        if (node instanceof Node.Mapping) {
            Fields fields = Fields.of(
                    reading, node, what, List.of(), Map.of("stub", ScenarioGrammar.NOT_YET + ": write off or omit"));
            fields.oneOf(List.of("off", "omit"));
            return ServiceMode.RUN;
        }
        return switch (reading.values().word(node, what, List.of("off", "omit"))) {
            case "off" -> ServiceMode.OFF;
            case "omit" -> ServiceMode.OMIT;
            default -> ServiceMode.RUN;
        };
    }
}
