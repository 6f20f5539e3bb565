package dev.understudy.runtime.docker;

import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.docker.clone.Blueprint;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.runtime.docker.engine.Mark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// What an arm stands on in the engine before any service runs in it. Thread-safe.
///
/// @param heard who hears of what passes the links
/// @param directory where the topology's files are
record ArmRooms(
        EngineWork work,
        EngineReading reading,
        ArmNames names,
        Owner owner,
        DockerLive live,
        ArmNetworks networks,
        Neighbours neighbours,
        LinkContainer links,
        GoldenData golden,
        ArmVolumes volumes,
        Blueprint.Limits limits,
        Path directory,
        AtomicReference<Consumer<LinkSample>> heard) {

    ContainerLauncher.Parts launcherParts() {
        return new ContainerLauncher.Parts(
                work, reading, names, owner, live, networks, neighbours, volumes, limits, directory);
    }

    /// From now on `observer` hears of what passes the links.
    void hear(Consumer<LinkSample> observer) {
        heard.set(observer);
    }

    /// The containers of this arm that run, whoever started them.
    JsonNode running() {
        return reading.containers(
                Map.of(
                        "label",
                        List.of(Mark.RUN + "=" + names.run(), Mark.ARM + "=" + names.arm()),
                        "status",
                        List.of("running")),
                false);
    }
}
