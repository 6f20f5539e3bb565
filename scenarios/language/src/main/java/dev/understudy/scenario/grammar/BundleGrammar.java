package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Bundle.Artefact;
import dev.understudy.scenario.Bundle.Holding;
import dev.understudy.scenario.Bundle.Origin;
import dev.understudy.scenario.Bundle.Recording;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.Node;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Reads the `bundle.yaml` of a bundle.
public final class BundleGrammar {
    private static final List<String> KEYS = List.of(
            "bundle",
            "tool",
            "scenario",
            "taken",
            "expires",
            "topology",
            "redaction",
            "mask",
            "traffic",
            "data",
            "artefacts",
            "files");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    /// Relative, and never upwards.
    private static final Pattern INSIDE = Pattern.compile("(?!/)(?!.*(^|/)\\.\\.(/|$))\\S+");
    private static final Pattern ELSEWHERE = Pattern.compile("/.+");
    private static final Origin NOWHERE = new Origin("", "");

    private final Reading reading;

    private BundleGrammar(Reading reading) {
        this.reading = reading;
    }

    /// The bundle whose `bundle.yaml` is `root`.
    ///
    /// @param directory of the bundle, as the source tree names it
    /// @param place where a scenario names it
    public static Bundle read(String file, String directory, Place place, Node root, Findings findings) {
        return new BundleGrammar(new Reading(file, findings)).bundle(root, directory, place);
    }

    private Bundle bundle(Node root, String directory, Place place) {
        Fields fields = Fields.of(reading, root, "the bundle", KEYS);
        fields.need("bundle");
        fields.count("bundle", Bundle.FORMAT, Bundle.FORMAT);
        return new Bundle(
                place,
                directory,
                fields.text("tool"),
                fields.text("scenario"),
                fields.need("taken", Instant.EPOCH, this::instant),
                fields.need("expires", Instant.EPOCH, this::instant),
                fields.need("topology", NOWHERE, this::origin),
                fields.need("redaction", "", this::digest),
                fields.need("mask", "", this::digest),
                fields.optional("traffic", this::recording),
                data(fields),
                fields.list("artefacts", 0, this::artefact),
                files(fields));
    }

    private Origin origin(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("file", "from"));
        return new Origin(fields.need("file", "", this::inside), fields.text("from"));
    }

    private Recording recording(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("file", "exchanges"));
        return new Recording(
                fields.need("file", "", this::inside),
                fields.count("exchanges", 0, Long.MAX_VALUE).orElse(0L));
    }

    private Map<String, Holding> data(Fields fields) {
        Map<String, Holding> data = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(fields.node("data"), "'data'", 0)) {
            String service = reading.values().key(entry.name(), "service name", Names.SERVICE);
            data.put(service, holding(entry.value(), "'" + service + "'"));
        }
        return data;
    }

    private Holding holding(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("file", "at", "digest", "postgres"));
        fields.oneOf(List.of("file", "at"));
        return new Holding(
                fields.optional("file", this::inside),
                fields.optional("at", (at, said) -> reading.values().matching(at, said, ELSEWHERE, "an absolute path")),
                fields.need("digest", "", this::digest),
                fields.count("postgres", 1, 999)
                        .map(major -> OptionalInt.of(major.intValue()))
                        .orElse(OptionalInt.empty()));
    }

    private Artefact artefact(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("service", "file", "digest"));
        return new Artefact(fields.text("service"), fields.text("file"), fields.need("digest", "", this::digest));
    }

    private Map<String, String> files(Fields fields) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(fields.need("files"), "'files'", 1)) {
            reading.values().key(entry.name(), "file of a bundle", INSIDE);
            files.put(entry.key(), digest(entry.value(), "'" + entry.key() + "'"));
        }
        return files;
    }

    private String inside(Node node, String what) {
        return reading.values().matching(node, what, INSIDE, "a file of the bundle");
    }

    private String digest(Node node, String what) {
        return reading.values().matching(node, what, DIGEST, "sha256: and 64 hexadecimal digits");
    }

    private Instant instant(Node node, String what) {
        String text = reading.values().text(node, what);
        try {
            return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeParseException e) {
            reading.findings().add(node.place(), what + " must be an instant such as 2026-11-21T21:00:00Z");
            return Instant.EPOCH;
        }
    }
}
