package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Change;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.tree.Node;
import java.util.List;
import java.util.stream.Stream;

/// Reads what is shipped.
final class ChangeGrammar {
    private static final List<String> VERBS = List.of("version", "migrate", "environment");

    private static final List<String> KEYS = Stream.concat(
                    Stream.of("service", "version", "migrate", "environment"), ReplacementGrammar.KEYS.stream())
            .toList();

    private final Reading reading;

    ChangeGrammar(Reading reading) {
        this.reading = reading;
    }

    Change change(Node node, String what) {
        Fields fields = Fields.of(reading, node, "the change", KEYS);
        Place place = fields.place();
        return switch (fields.oneOf(VERBS).orElse("version")) {
            case "migrate" -> {
                ReplacementGrammar.KEYS.forEach(key -> fields.refuse(key, "does not belong to 'migrate'"));
                yield new Change.Migration(
                        service(fields, Mention.Trait.DATABASE),
                        place,
                        fields.need("migrate", "", reading::existingFile));
            }
            case "environment" -> {
                String service = service(fields);
                yield new Change.Settings(
                        service,
                        place,
                        ServiceGrammar.environment(reading, fields.node("environment"), service, false),
                        ReplacementGrammar.read(fields));
            }
            default -> {
                String service = service(fields);
                yield new Change.ToVersion(service, place, version(fields, service), ReplacementGrammar.read(fields));
            }
        };
    }

    private String service(Fields fields, Mention.Trait... traits) {
        return fields.need("service", "", (node, what) -> {
            Mention.Trait[] all = java.util.Arrays.copyOf(traits, traits.length + 1);
            all[traits.length] = Mention.Trait.RUNS;
            return reading.service(node, what, all);
        });
    }

    private String version(Fields fields, String service) {
        return fields.optional("version", (node, what) -> {
                    String version = reading.values().matching(node, what, Names.VERSION, "a version such as \"1.0\"");
                    if (!version.isEmpty() && !service.isEmpty()) {
                        reading.mention(new Mention.OfVersion(node.place(), service, version));
                    }
                    return version;
                })
                .orElse("");
    }
}
