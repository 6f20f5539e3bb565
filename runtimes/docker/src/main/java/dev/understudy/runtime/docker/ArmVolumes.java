package dev.understudy.runtime.docker;

import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.clone.Mounted;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.Mark;
import dev.understudy.runtime.docker.engine.TarStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The data of one arm: over each golden copy a layer of the arm's own, put together by the kernel (overlayfs). What an
/// arm writes goes into its layer; putting the data back takes a new layer, however large the copy is.
///
/// ```
///  golden copy (read by all arms, written by none) ─┐
///                                                   ├─ overlay ─ what a container mounts
///  layers volume / generation / n / upper ──────────┘
/// ```
/// Not thread-safe but for [#mounts].
final class ArmVolumes {
    private final EngineWork work;
    private final EngineReading reading;
    private final ArmNames names;
    private final Owner owner;
    private final GoldenData golden;
    private final Made layers;
    private final String layersPlace;
    private final Made porter;
    private final Map<String, Made> mounted = new ConcurrentHashMap<>();
    private int generation;

    /// @param image any image: a container of it that never runs carries the directories of layers in
    ArmVolumes(EngineWork work, EngineReading reading, ArmNames names, Owner owner, GoldenData golden, String image) {
        this.work = work;
        this.reading = reading;
        this.names = names;
        this.owner = owner;
        this.golden = golden;
        Mark mark = new Mark(names.arm().toString(), "data");
        this.layers = work.volumes().create(mark, names.of("layers"), Bodies.labelled(owner));
        this.layersPlace = reading.volume(layers.name()).path("Mountpoint").asString("");
        ObjectNode body = Bodies.labelled(owner);
        body.put("Image", image).putArray("Cmd").add("none");
        ObjectNode host = body.putObject("HostConfig");
        host.put("NetworkMode", "none");
        host.putArray("Mounts")
                .addObject()
                .put("Type", "volume")
                .put("Source", layers.name())
                .put("Target", "/layers");
        this.porter = work.containers().create(mark, names.of("porter"), body, JsonNodeFactory.instance.objectNode());
    }

    /// Puts the data of all stores back to the golden copies. Nothing may run that has them mounted.
    void restore() {
        removeOverlays(List.copyOf(mounted.keySet()));
        generation++;
        make(golden.sources());
    }

    /// The same for those of one service.
    void restore(List<String> sources) {
        removeOverlays(sources);
        generation++;
        make(sources);
    }

    private void removeOverlays(List<String> sources) {
        for (String source : sources) {
            Made overlay = mounted.remove(source);
            if (overlay != null) {
                work.volumes().remove(overlay);
            }
        }
    }

    private void make(List<String> sources) {
        if (sources.isEmpty()) {
            return;
        }
        work.containers().putArchive(porter, "/layers", new ByteArrayInputStream(directories(sources)));
        for (String source : sources) {
            mounted.put(source, overlay(source));
        }
    }

    /// The directories that overlays need; the upper one is what a container sees as the top of its data, so it has the
    /// owner and the mode of the copy's.
    private byte[] directories(List<String> sources) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarStream tar = new TarStream(bytes, Instant.EPOCH)) {
            tar.directory(Integer.toString(generation), 0755);
            for (String source : sources) {
                GoldenData.Top top = golden.top(source);
                String place = generation + "/" + golden.number(source);
                tar.directory(place, 0755);
                tar.directory(place + "/upper", top.mode(), top.owner());
                tar.directory(place + "/work", 0755);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Made overlay(String source) {
        String place = layersPlace + "/" + generation + "/" + golden.number(source);
        ObjectNode body = Bodies.labelled(owner);
        body.put("Driver", "local");
        body.putObject("DriverOpts")
                .put("type", "overlay")
                .put("device", "overlay")
                .put(
                        "o",
                        "lowerdir=" + golden.place(source) + ",upperdir=" + place + "/upper,workdir=" + place
                                + "/work");
        return work.volumes()
                .create(new Mark(names.arm().toString(), "data"), names.next("data-" + golden.number(source)), body);
    }

    /// What a clone of that container mounts.
    List<ObjectNode> mounts(LiveContainer container) {
        List<ObjectNode> mounts = new ArrayList<>();
        for (Mounted mount : container.mounts()) {
            mount(mount).ifPresent(mounts::add);
        }
        return List.copyOf(mounts);
    }

    private Optional<ObjectNode> mount(Mounted mount) {
        if (mount.isEngineSocket()) {
            return Optional.empty();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Target", mount.destination()).put("ReadOnly", !mount.writable());
        Made overlay = mounted.get(GoldenData.source(mount));
        if (overlay != null) {
            body.put("Type", "volume").put("Source", overlay.name());
            body.putObject("VolumeOptions").put("NoCopy", true);
            return Optional.of(body);
        }
        if (mount.type().equals("bind")) {
            return Optional.of(body.put("Type", "bind").put("Source", mount.source()));
        }
        if (mount.type().equals("volume") && !mount.writable()) { // nobody in the arm writes it: live's own, only read
            body.put("Type", "volume").put("Source", mount.name());
            body.putObject("VolumeOptions").put("NoCopy", true);
            return Optional.of(body);
        }
        return Optional.of(body.put("Type", "tmpfs"));
    }

    /// How many bytes the arm has written so far can't be asked for cheaply; where its layers are is.
    String place() {
        return layersPlace;
    }

    EngineReading reading() {
        return reading;
    }
}
