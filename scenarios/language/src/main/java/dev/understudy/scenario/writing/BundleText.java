package dev.understudy.scenario.writing;

import dev.understudy.scenario.Bundle;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.json.JsonMapper;

/// A bundle as the text of its `bundle.yaml`, from which it is read again the same. Pure.
public final class BundleText {
    private final StringBuilder text = new StringBuilder();

    private BundleText() {}

    /// The text, which ends with a new line.
    public static String of(Bundle bundle) {
        return new BundleText().written(bundle);
    }

    private String written(Bundle bundle) {
        line("# Written by 'understudy capture'; what 'live: {bundle: DIR}' is rehearsed from.");
        line("bundle: " + Bundle.FORMAT);
        line("tool: " + quoted(bundle.tool()));
        line("scenario: " + quoted(bundle.scenario()));
        line("taken: " + quoted(bundle.taken()));
        line("expires: " + quoted(bundle.expires()));
        line("topology: {file: " + quoted(bundle.topology().file()) + ", from: "
                + quoted(bundle.topology().from()) + "}");
        line("redaction: " + quoted(bundle.redaction()));
        line("mask: " + quoted(bundle.mask()));
        bundle.traffic()
                .ifPresent(recording -> line(
                        "traffic: {file: " + quoted(recording.file()) + ", exchanges: " + recording.exchanges() + "}"));
        section("data", bundle.data().isEmpty());
        bundle.data().forEach((service, holding) -> line("  " + service + ": " + holding(holding)));
        section("artefacts", bundle.artefacts().isEmpty());
        bundle.artefacts()
                .forEach(artefact -> line("  - {service: " + quoted(artefact.service()) + ", file: "
                        + quoted(artefact.file()) + ", digest: " + quoted(artefact.digest()) + "}"));
        section("files", bundle.files().isEmpty());
        bundle.files().forEach((file, digest) -> line("  " + quoted(file) + ": " + quoted(digest)));
        return text.toString();
    }

    private static String holding(Bundle.Holding holding) {
        StringBuilder inside = new StringBuilder("{");
        holding.file().ifPresent(file -> inside.append("file: ").append(quoted(file)));
        holding.at().ifPresent(at -> inside.append("at: ").append(quoted(at)));
        inside.append(", digest: ").append(quoted(holding.digest()));
        holding.postgres().ifPresent(major -> inside.append(", postgres: ").append(major));
        return inside.append("}").toString();
    }

    private void section(String key, boolean empty) {
        if (!empty) {
            line(key + ":");
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String quoted(Instant instant) {
        return quoted(instant.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /// As JSON, of which YAML 1.2 is a superset.
    private static String quoted(String value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
