package dev.understudy.scenario;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What `capture` took of a live system, as the bundle's own `bundle.yaml` tells it: enough to rehearse where
/// live can't be reached. Immutable.
///
/// @param place where a scenario names it, or the top of `bundle.yaml`
/// @param directory the bundle, as the source tree names it
/// @param tool which version took it
/// @param scenario the name of the scenario that it was taken for
/// @param expires from then on nothing is rehearsed with it
/// @param redaction the digest of what was hidden in the traffic, see [#redaction(Traffic)]
/// @param mask the digest of what was replaced in the data, see [#mask(ShadowSpec)]
/// @param traffic absent if the scenario makes its own
/// @param data by service
/// @param artefacts what live's versions run, to be found in the checkout
/// @param files the digest of every file of the bundle but `bundle.yaml`, by its name in it
public record Bundle(
        Place place,
        String directory,
        String tool,
        String scenario,
        Instant taken,
        Instant expires,
        Origin topology,
        String redaction,
        String mask,
        Optional<Recording> traffic,
        Map<String, Holding> data,
        List<Artefact> artefacts,
        Map<String, String> files) {

    /// The version of the format of `bundle.yaml` that is written and read.
    public static final int FORMAT = 1;
    /// The name of the file that makes a directory a bundle.
    public static final String FILE = "bundle.yaml";

    public Bundle {
        data = java.util.Collections.unmodifiableMap(new TreeMap<>(data));
        artefacts = List.copyOf(artefacts);
        files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /// The topology: `file` in the bundle is a copy without secrets, made of `from`, which is relative to the
    /// scenario.
    public record Origin(String file, String from) {}

    /// The recorded traffic: a file of the bundle.
    public record Recording(String file, long exchanges) {}

    /// The packed data of a store.
    ///
    /// @param file in the bundle; absent if it is elsewhere
    /// @param at an absolute path, if it is elsewhere
    /// @param digest of the packed file
    /// @param postgres the major version of a database
    public record Holding(Optional<String> file, Optional<String> at, String digest, OptionalInt postgres) {}

    /// A file that a command of `service` names: `file` as seen from the topology's directory.
    public record Artefact(String service, String file, String digest) {}

    /// A file of the bundle, as the source tree names it.
    public String path(String file) {
        return directory.isEmpty() ? file : directory + "/" + file;
    }

    /// Where the packed data of a store is, as the source tree names it; empty if the bundle has none.
    public Optional<String> packed(String service) {
        return Optional.ofNullable(data.get(service))
                .flatMap(holding -> holding.at().or(() -> holding.file().map(this::path)));
    }

    /// `sha256:` and 64 hexadecimal digits over what `traffic` hides, whatever its order.
    public static String redaction(Traffic traffic) {
        return digest(Stream.concat(
                traffic.redact().stream().map(rule -> "redact " + rule.kind() + " " + rule.name()),
                traffic.by().stream().map(key -> "by " + key.where() + " " + key.name())));
    }

    /// The same over what `shadow` masks.
    public static String mask(ShadowSpec shadow) {
        return digest(shadow.masks().stream().map(Mask::canonical));
    }

    /// The digest of a file's content, as `bundle.yaml` has it.
    public static String digest(byte[] content) {
        return "sha256:" + HexFormat.of().formatHex(sha256().digest(content));
    }

    private static String digest(Stream<String> lines) {
        String text = String.join("\n", lines.sorted().distinct().toList());
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
