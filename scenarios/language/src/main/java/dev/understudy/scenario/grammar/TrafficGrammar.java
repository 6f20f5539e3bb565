package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.Traffic;
import dev.understudy.scenario.Traffic.Floor;
import dev.understudy.scenario.Traffic.Redaction;
import dev.understudy.scenario.Traffic.SessionKey;
import dev.understudy.scenario.Traffic.Source;
import dev.understudy.scenario.tree.Node;
import dev.understudy.scenario.tree.Shortened;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads which requests the arms get.
final class TrafficGrammar {
    private static final Floor FLOOR = new Floor(200, 20);
    /// A token of HTTP (RFC 9110, section 5.6.2): what header and cookie names are made of.
    private static final Pattern SESSION_KEY = Pattern.compile("(cookie|header):([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100})");
    private static final Pattern REDACTION = Pattern.compile("(cookie|header|query):(\\S{1,200})");
    private static final List<String> SOURCES = List.of("mirror", "capture", "synthetic");
    private static final long MOST = Long.MAX_VALUE;
    static final Traffic NONE = new Traffic(new Source.Capture(""), 1, Optional.empty(), List.of(), FLOOR);

    /// Stands for the recording of the bundle that is rehearsed from.
    private static final String OF_BUNDLE = "bundle";

    private final Reading reading;
    private final Optional<Bundle> bundle;
    private final String written;
    private boolean isFromBundle;

    /// @param bundle what stands in for live: then its recording stands in for live's mirror
    /// @param written how the scenario names the bundle's directory
    TrafficGrammar(Reading reading, Optional<Bundle> bundle, String written) {
        this.reading = reading;
        this.bundle = bundle;
        this.written = written;
    }

    Traffic traffic(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("from", "sample", "by", "redact", "floor"));
        Source source = fields.need("from", NONE.from(), this::source);
        double sample = fields.node("sample").map(this::sample).orElse(1.0);
        return new Traffic(
                source,
                isFromBundle ? 1.0 : sample, // it was sampled when it was taken
                fields.node("by").flatMap(this::sessionKey),
                fields.list("redact", 0, this::redaction),
                fields.optional("floor", this::floor).orElse(FLOOR));
    }

    private Source source(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, SOURCES);
        return switch (fields.oneOf(SOURCES).orElse("")) {
            case "mirror" -> {
                String service = fields.need("mirror", "", this::mirrored);
                yield bundle.isPresent() ? ofBundle(fields) : new Source.Mirror(service);
            }
            case "synthetic" -> fields.need("synthetic", NONE.from(), this::synthetic);
            default ->
                isOfBundle(fields)
                        ? ofBundle(fields)
                        : new Source.Capture(fields.optional("capture", reading::existingFile)
                                .orElse(""));
        };
    }

    private boolean isOfBundle(Fields fields) {
        return bundle.isPresent()
                && fields.node("capture")
                        .filter(node -> node instanceof Node.Scalar scalar
                                && scalar.text().equals(OF_BUNDLE))
                        .isPresent();
    }

    private Source ofBundle(Fields fields) {
        isFromBundle = true;
        Optional<Bundle.Recording> recording = bundle.flatMap(Bundle::traffic);
        if (recording.isEmpty()) {
            reading.findings().add(fields.place(), "the bundle holds no traffic");
            return NONE.from();
        }
        return new Source.Capture(written + "/" + recording.get().file());
    }

    private Source synthetic(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("rate", "mix"));
        double rate = fields.need("rate", 1.0, (value, said) -> MixGrammar.rate(reading, value, said));
        return new Source.Synthetic(rate, fields.need("mix", "", reading::mix));
    }

    private String mirrored(Node node, String what) {
        String service = reading.service(node, what, Mention.Trait.HTTP, Mention.Trait.RUNS);
        if (!service.isEmpty()) {
            reading.mention(new Mention.OfMirror(node.place(), service));
        }
        return service;
    }

    private double sample(Node node) {
        Optional<Quantity> sample = reading.values().quantity(node, "'sample'", Quantity.Unit.SHARE);
        if (sample.filter(share -> share.value() <= 0).isPresent()) {
            reading.findings().add(node.place(), "'sample' must be more than 0%");
        }
        return sample.map(Quantity::asShare).orElse(1.0);
    }

    private Optional<SessionKey> sessionKey(Node node) {
        String text = reading.values().text(node, "'by'");
        Matcher matcher = SESSION_KEY.matcher(text);
        if (matcher.matches()) {
            return Optional.of(new SessionKey(
                    SessionKey.Where.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), matcher.group(2)));
        }
        if (!text.isEmpty()) {
            reading.findings()
                    .add(node.place(), "'by' must be cookie:NAME or header:NAME, not '" + Shortened.of(text) + "'");
        }
        return Optional.empty();
    }

    private Redaction redaction(Node node, String what) {
        String text = reading.values().text(node, what);
        Matcher pointer = Names.POINTER.matcher(text);
        if (pointer.matches()) {
            return new Redaction(Redaction.Kind.JSON, pointer.group(1));
        }
        Matcher matcher = REDACTION.matcher(text);
        if (matcher.matches()) {
            return new Redaction(Redaction.Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), matcher.group(2));
        }
        if (!text.isEmpty()) {
            reading.findings()
                    .add(
                            node.place(),
                            what + " must be header:NAME, cookie:NAME, query:NAME or json:/POINTER, not '"
                                    + Shortened.of(text) + "'");
        }
        return new Redaction(Redaction.Kind.HEADER, "");
    }

    private Floor floor(Node node, String what) {
        Fields fields = Fields.of(reading, node, what, List.of("exchanges", "writes"));
        return new Floor(
                fields.count("exchanges", 0, MOST).orElse(FLOOR.exchanges()),
                fields.count("writes", 0, MOST).orElse(FLOOR.writes()));
    }
}
