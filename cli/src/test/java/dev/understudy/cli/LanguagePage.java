package dev.understudy.cli;

import dev.understudy.deviation.DeviationKinds;
import dev.understudy.scenario.reading.KeyGuide;
import dev.understudy.scenario.reading.KeyGuide.Answer;
import dev.understudy.scenario.reading.KeyGuide.Key;
import dev.understudy.scenario.reading.KeyGuide.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes `docs/reference/scenario.md` and `topology.md` from the schema, as `explain` reads it.
final class LanguagePage {
    /// Stands for a name of the user's choice.
    private static final String NAME = "NAME";

    /// Of so many keys it is no chance that another mapping has them all.
    private static final int MANY = 8;

    private static final KeyGuide GUIDE = new KeyGuide(DeviationKinds.signatures());

    private LanguagePage() {}

    static String scenario() {
        return page("Scenarios", "explain rollback.steps.http", GUIDE.ofScenario());
    }

    static String topology() {
        return page("Topologies", "explain services.health", GUIDE.ofTopology());
    }

    private static String page(String title, String example, List<Part> parts) {
        StringBuilder page = new StringBuilder("""
                # %s: every key

                Made from the schema by a test (`mvn -pl cli test -Dtest=ReferencePagesTest -Dreference=write`); don't edit. In a terminal
                `understudy %s` says the same of one key, with what its value may look like. **Bold** keys have to be there; of those marked +
                one has to be. `NAME` is a name of your choice.
                """.formatted(title, example));
        parts.forEach(part -> page.append(section(part)));
        return page.toString();
    }

    private static String section(Part part) {
        StringBuilder section = new StringBuilder(
                "\n## " + part.name() + (part.required() ? " (has to be there)" : "") + "\n\n" + part.text() + "\n");
        List<Key> own = known(part.name());
        own.stream()
                .flatMap(key -> key.examples().stream())
                .findFirst()
                .ifPresent(example -> section.append("\n```yaml\n" + example + "\n```\n"));
        List<String> rows = new ArrayList<>();
        own.forEach(key -> rows(key, "", List.of(key.parts()), rows));
        named(part.name()).forEach(key -> rows(key, NAME + ".", List.of(key.parts()), rows));
        if (!rows.isEmpty()) {
            section.append("\n| key | value | means |\n|---|---|---|\n");
            rows.stream().distinct().forEach(section::append);
        }
        return section.toString();
    }

    /// @param within the keys of everything it stands in: what may stand in itself is described once
    private static void rows(Key above, String prefix, List<List<Part>> within, List<String> rows) {
        for (Part part : above.parts()) {
            String path = prefix + part.name();
            for (Key key : told(above.path() + "." + part.name())) {
                rows.add(row(path, part, key));
                boolean isAbove = key.parts().isEmpty() || isDescribed(key, within);
                if (!isAbove) {
                    List<List<Part>> deeper = Stream.concat(within.stream(), Stream.of(key.parts()))
                            .toList();
                    rows(key, path + ".", deeper, rows);
                }
            }
            named(above.path() + "." + part.name()).forEach(key -> {
                if (!within.contains(key.parts())) {
                    List<List<Part>> deeper = Stream.concat(within.stream(), Stream.of(key.parts()))
                            .toList();
                    rows(key, path + "." + NAME + ".", deeper, rows);
                }
            });
        }
    }

    /// Whether a large mapping stands in one that has all its keys: a list of rules may stand in a mapping, or alone.
    private static boolean isDescribed(Key key, List<List<Part>> within) {
        List<String> names = names(key.parts());
        return within.contains(key.parts())
                || names.size() > MANY
                        && within.stream()
                                .anyMatch(described -> names(described).containsAll(names));
    }

    private static List<String> names(List<Part> parts) {
        return parts.stream().map(Part::name).toList();
    }

    /// What stands under names of the user's choice, if it is a mapping.
    private static List<Key> named(String path) {
        boolean ownKeys = known(path).stream().anyMatch(key -> !key.parts().isEmpty());
        return ownKeys
                ? List.of()
                : known(path + "." + NAME).stream()
                        .filter(key -> !key.parts().isEmpty())
                        .toList();
    }

    private static String row(String path, Part part, Key key) {
        String name = part.required() ? "**`" + path + "`**" : "`" + path + "`" + (part.choice() ? " +" : "");
        String value = Stream.of(
                        Stream.of(key.type()),
                        key.allowed().isEmpty()
                                ? Stream.<String>empty()
                                : Stream.of(key.allowed().stream()
                                        .map(word -> "`" + word + "`")
                                        .collect(Collectors.joining(" "))),
                        key.byDefault().map(usual -> "default `" + (usual.isEmpty() ? "\"\"" : usual) + "`").stream())
                .flatMap(each -> each)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
        String example = key.examples().stream()
                .findFirst()
                .map(each -> " `" + each + "`")
                .orElse("");
        String when = key.when().isEmpty() ? "" : "*" + key.when() + "*: ";
        return "| " + name + " | " + cell(value) + " | " + cell(when + key.text() + example) + " |\n";
    }

    private static List<Key> told(String path) {
        return known(path).stream().filter(key -> !key.text().isEmpty()).toList();
    }

    private static List<Key> known(String path) {
        return GUIDE.explain(path) instanceof Answer.Known known ? known.keys() : List.of();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
