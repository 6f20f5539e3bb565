package dev.understudy.scenario.reading;

import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.Secrets;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Template;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.Node;
import dev.understudy.scenario.tree.YamlFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes the text of a scenario or topology fit for a journal. Pure.
///
/// Every literal piece of a value under `environment`, and of a `password`, becomes `#` and the first eight
/// hex digits of its SHA-256; `${…}` references stay. In commands, steps and everything else of services and
/// shadow goes what [Secrets] takes for a secret. Comments go, for they may hold a value that was commented
/// out. Lines stay where they are, and the result is read to the same structure.
public final class Masking {
    private static final String ANY = "*";
    /// Where the language has secrets: the keys from the top of a file, `*` for a name or a list's item.
    private static final List<List<String>> SECRETS = paths(
            "services * environment",
            "services * versions * environment",
            "services * password",
            "change * environment",
            "stability * environment",
            "stability rules * environment",
            "rollback steps * command environment");
    /// Where a list is a command, in which one word may say that the next is secret.
    private static final List<List<String>> COMMANDS = paths(
            "services * versions * command",
            "shadow data * command",
            "stability * command",
            "stability rules * command",
            "rollback steps * command",
            "rollback steps * command run");
    /// Where any text may hold a secret.
    private static final List<List<String>> TEXTS = paths("services", "shadow", "stability", "rollback steps");

    private final String text;
    private final TreeMap<Integer, Node.Scalar> scalars = new TreeMap<>();
    /// What stands in place of a scalar, by where that begins.
    private final Map<Integer, String> masks = new HashMap<>();

    private Masking(String text) {
        this.text = text;
    }

    /// The masked text of a file. @throws ScenarioException if the text is not YAML
    public static String masked(String file, String text) {
        Findings findings = new Findings();
        YamlFile yaml = YamlFile.open(SourceTree.of(Map.of(file, text)), file, findings)
                .orElseThrow(() -> new ScenarioException(findings.sorted()));
        Masking masking = new Masking(yaml.text());
        masking.collect(yaml.root(), List.of());
        return masking.rewritten();
    }

    private void collect(Node node, List<String> path) {
        switch (node) {
            case Node.Scalar scalar -> {
                scalars.put(scalar.start(), scalar);
                if (isUnder(SECRETS, path)) {
                    masks.put(scalar.start(), Secrets.hidden(scalar.text()));
                } else if (isUnder(TEXTS, path)) {
                    mask(scalar, Secrets.hiddenIn(scalar.text()));
                }
            }
            case Node.Sequence sequence -> {
                if (COMMANDS.stream().anyMatch(command -> command.size() == path.size() && leadsTo(command, path))) {
                    collectCommand(sequence);
                }
                sequence.items().forEach(item -> collect(item, below(path, ANY)));
            }
            case Node.Mapping mapping ->
                mapping.entries().forEach(entry -> {
                    scalars.put(entry.name().start(), entry.name());
                    collect(entry.value(), below(path, entry.key()));
                });
        }
    }

    private void collectCommand(Node.Sequence command) {
        List<Node.Scalar> words = command.items().stream()
                .filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast)
                .toList();
        List<String> shown =
                Secrets.hiddenIn(words.stream().map(Node.Scalar::text).toList());
        IntStream.range(0, words.size()).forEach(i -> mask(words.get(i), shown.get(i)));
    }

    /// An alias may stand in several places; what is a secret in one of them is masked in all.
    private void mask(Node.Scalar scalar, String shown) {
        if (!shown.equals(scalar.text())) {
            masks.putIfAbsent(scalar.start(), shown);
        }
    }

    private static List<List<String>> paths(String... paths) {
        return Stream.of(paths).map(path -> List.of(path.split(" "))).toList();
    }

    private static boolean isUnder(List<List<String>> secrets, List<String> path) {
        return secrets.stream().anyMatch(secret -> leadsTo(secret, path));
    }

    private static List<String> below(List<String> path, String key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    private static boolean leadsTo(List<String> secret, List<String> path) {
        return path.size() >= secret.size()
                && IntStream.range(0, secret.size())
                        .allMatch(
                                i -> secret.get(i).equals(ANY) || secret.get(i).equals(path.get(i)));
    }

    private String rewritten() {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        for (Node.Scalar scalar : scalars.values()) {
            out.append(withoutComments(text.substring(at, scalar.start())));
            String piece = text.substring(scalar.start(), scalar.end());
            String mask = masks.get(scalar.start());
            out.append(mask == null ? piece : quoted(mask, piece));
            at = scalar.end();
        }
        return out.append(withoutComments(text.substring(at))).toString();
    }

    /// Between scalars a `#` can only begin a comment, or stand in the name of an anchor, which has no
    /// blank before it.
    private static String withoutComments(String between) {
        return between.replaceAll("(?m)(^|(?<=\\s))#.*$", "");
    }

    /// A quoted value in place of `piece`, with as many line breaks and the indentation of its last line.
    private static String quoted(String value, String piece) {
        String lineEnds = piece.replaceAll("[^\n]", "");
        String lastLine = piece.substring(piece.lastIndexOf('\n') + 1);
        String indentation = lineEnds.isEmpty()
                ? ""
                : lastLine.substring(
                        0, lastLine.length() - lastLine.stripLeading().length());
        return YamlScalar.quoted(value) + lineEnds + indentation;
    }

    /// One template, masked the same way.
    public static Template masked(Template template) {
        return new Template(Secrets.hidden(template.text()));
    }
}
