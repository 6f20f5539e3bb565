package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Makes images of a run, and fetches those that it needs. Thread-safe.
public final class ImageWork {
    private static final Duration BUILD = Duration.ofMinutes(30);

    private final EngineWire wire;
    private final Proof proof;

    ImageWork(EngineWire wire, Proof proof) {
        this.wire = wire;
        this.proof = proof;
    }

    /// Builds from a tar with a `Dockerfile`.
    /// @param progress is told what the engine prints
    /// @throws EnvironmentException with what the engine says of the step that fails
    public Made build(
            Mark mark, String tag, InputStream context, Map<String, String> arguments, Consumer<String> progress) {
        return known(built(tag, context, mark.labels(proof.run()), arguments, progress), tag);
    }

    String built(
            String tag,
            InputStream context,
            Map<String, String> labels,
            Map<String, String> arguments,
            Consumer<String> progress) {
        Call call = Call.post("/build")
                .with("t", tag)
                .with("rm", "true")
                .with("forcerm", "true")
                .with("labels", Json.text(labels))
                .with("buildargs", Json.text(arguments));
        return new Progress("building '" + tag + "'", progress).until(wire.stream(call, context, Map.of(), BUILD));
    }

    /// Makes an image of one layer out of a tar.
    /// @param changes instructions of a Dockerfile, as `ENV A=b`, `CMD ["x"]`
    public Made importTar(Mark mark, String tag, InputStream tar, List<String> changes) {
        List<String> all = new ArrayList<>(changes);
        mark.labels(proof.run()).forEach((name, value) -> all.add("LABEL " + name + "=" + Json.text(value)));
        return known(imported(tag, tar, all), tag);
    }

    String imported(String tag, InputStream tar, List<String> changes) {
        Call call = Call.post("/images/create")
                .with("fromSrc", "-")
                .with("repo", repository(tag))
                .with("tag", version(tag))
                .with("changes", String.join("\n", changes));
        return new Progress("importing '" + tag + "'", line -> {}).until(wire.stream(call, tar, Map.of(), BUILD));
    }

    public void tag(Made image, String tag) {
        proof.require(image);
        wire.ask(Call.post("/images/{name}/tag", image.id())
                        .with("repo", repository(tag))
                        .with("tag", version(tag)))
                .orThrow();
    }

    /// With all its tags and the nameless steps that it was built in. Fine if it has gone already.
    /// @throws EnvironmentException if a container uses it
    public void remove(Made image) {
        if (proof.isStillThere(image)) {
            Reply reply = wire.ask(Call.delete("/images/{name}", image.id()).with("force", "true"), EngineWire.LONG);
            if (!reply.isNotThere()) {
                reply.orThrow();
            }
        }
    }

    /// Fetches an image from its registry, unless the engine has all of it.
    /// @param reference as `nginx:1.27` or with a digest
    /// @param authorisation from [RegistryLogin], if there is any
    /// @return how long it took
    public Duration pull(String reference, Optional<String> authorisation, Consumer<String> progress) {
        long begun = System.nanoTime();
        Call call = Call.post("/images/create").with("fromImage", reference);
        if (!reference.contains("@")) {
            call = Call.post("/images/create")
                    .with("fromImage", repository(reference))
                    .with("tag", version(reference));
        }
        Map<String, String> headers =
                authorisation.map(value -> Map.of("X-Registry-Auth", value)).orElse(Map.of());
        new Progress("pulling '" + reference + "'", progress).until(wire.streamWith(call, headers, BUILD));
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /// The id of an image that has this tag and label; empty if there is none.
    String labelled(String tag, String label, String value) {
        Reply reply = wire.ask(Call.get("/images/{name}/json", tag));
        if (reply.isNotThere()) {
            return "";
        }
        JsonNode image = reply.json();
        boolean isIt =
                Proof.labels(Made.Kind.IMAGE, image).path(label).asString("").equals(value);
        return isIt ? image.path("Id").asString("") : "";
    }

    /// Removes the tags that begin so, but for one, of images that carry a label; leaves what a container uses.
    List<String> removeLabelled(String label, String prefix, String kept) {
        List<String> removed = new ArrayList<>();
        Call call = Call.get("/images/json").filtered(Map.of("label", List.of(label)));
        for (JsonNode image : wire.ask(call).json()) {
            for (JsonNode each : image.path("RepoTags")) {
                String tag = each.asString("");
                if (tag.startsWith(prefix)
                        && !tag.equals(kept)
                        && wire.ask(Call.delete("/images/{name}", tag), EngineWire.LONG)
                                .isFine()) {
                    removed.add(tag);
                }
            }
        }
        return List.copyOf(removed);
    }

    JsonNode version() {
        return wire.ask(Call.get("/version")).json();
    }

    private Made known(String id, String tag) {
        return proof.of(Made.Kind.IMAGE, id, tag);
    }

    /// A colon before the last slash is that of a registry's port.
    static String repository(String tag) {
        int colon = tag.indexOf(':', tag.lastIndexOf('/') + 1);
        return colon < 0 ? tag : tag.substring(0, colon);
    }

    static String version(String tag) {
        int colon = tag.indexOf(':', tag.lastIndexOf('/') + 1);
        return colon < 0 ? "latest" : tag.substring(colon + 1);
    }
}
