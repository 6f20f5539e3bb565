package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Change;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.tree.Node;
import java.util.List;

/// Reads what is shipped.
final class ChangeGrammar {
    private static final List<String> VERBS = List.of("version", "migrate", "environment");

    private final Reading reading;

    ChangeGrammar(Reading reading) {
        this.reading = reading;
    }

    Change change(Node node, String what) {
        Fields fields = Fields.of(reading, node, "the change", List.of("service", "version", "migrate", "environment"));
        Place place = fields.place();
        return switch (fields.oneOf(VERBS).orElse("version")) {
            case "migrate" ->
                new Change.Migration(
                        service(fields, Mention.Trait.DATABASE),
                        place,
                        fields.need("migrate", "", reading::existingFile));
            case "environment" -> {
                String service = service(fields);
                yield new Change.Settings(
                        service,
                        place,
                        ServiceGrammar.environment(reading, fields.node("environment"), service, false));
            }
            default -> {
                String service = service(fields);
                yield new Change.ToVersion(service, place, version(fields, service));
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
