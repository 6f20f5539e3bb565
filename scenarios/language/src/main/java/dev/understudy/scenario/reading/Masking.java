package dev.understudy.scenario.reading;

import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Template;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.Node;
import dev.understudy.scenario.tree.YamlFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes the text of a scenario or topology fit for a journal. Pure.
///
/// Every literal piece of a value under `environment`, and of a `password`, becomes `#` and the first eight
/// hex digits of its SHA-256; `${…}` references stay. Comments go, for they may hold a value that was
/// commented out. Lines stay where they are, and the result is read to the same structure.
public final class Masking {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[A-Za-z0-9_-]+(\\.[A-Za-z0-9_]+)?}");
    private static final int SHOWN_BYTES = 4;
    private static final String ANY = "*";
    /// Where the language has secrets: the keys from the top of a file, `*` for a name or a list's item.
    private static final List<List<String>> SECRETS = Stream.of(
                    "services * environment",
                    "services * versions * environment",
                    "services * password",
                    "change * environment",
                    "rollback steps * command environment")
            .map(path -> List.of(path.split(" ")))
            .toList();

    private final String text;
    private final TreeMap<Integer, Node.Scalar> scalars = new TreeMap<>();
    private final TreeSet<Node.Scalar> secrets = new TreeSet<>(Comparator.comparingInt(Node.Scalar::start));

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
                if (SECRETS.stream().anyMatch(secret -> leadsTo(secret, path))) {
                    secrets.add(scalar);
                }
            }
            case Node.Sequence sequence -> sequence.items().forEach(item -> collect(item, below(path, ANY)));
            case Node.Mapping mapping ->
                mapping.entries().forEach(entry -> {
                    scalars.put(entry.name().start(), entry.name());
                    collect(entry.value(), below(path, entry.key()));
                });
        }
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
            out.append(secrets.contains(scalar) ? quoted(scalar.text(), piece) : piece);
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
        return '"' + maskedValue(value) + '"' + lineEnds + indentation;
    }

    /// One value, masked: `jdbc:postgresql://${db.address}/shop` becomes `#0f3c…${db.address}#9a1b…`.
    static String maskedValue(String value) {
        StringBuilder out = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(value);
        int at = 0;
        while (matcher.find()) {
            out.append(digest(value.substring(at, matcher.start()))).append(matcher.group());
            at = matcher.end();
        }
        return out.append(digest(value.substring(at))).toString();
    }

    /// One template, masked the same way.
    public static Template masked(Template template) {
        return new Template(maskedValue(template.text()));
    }

    private static String digest(String literal) {
        if (literal.isEmpty()) {
            return "";
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(literal.getBytes(StandardCharsets.UTF_8));
            return "#" + HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
