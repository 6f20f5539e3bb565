package dev.understudy.runtime.docker.clone;

import tools.jackson.databind.JsonNode;

/// Something that is mounted in a container of live.
///
/// @param type `volume`, `bind`, `tmpfs`, `npipe`
/// @param name of a volume; empty otherwise
/// @param source where it lies on the engine's host
/// @param destination where it is in the container
/// @param driver of a volume; empty otherwise
/// @param writable whether the container may write to it
public record Mounted(String type, String name, String source, String destination, String driver, boolean writable) {
    /// One entry of `Mounts` in the engine's answer.
    static Mounted of(JsonNode mount) {
        return new Mounted(
                mount.path("Type").asString(""),
                mount.path("Name").asString(""),
                mount.path("Source").asString(""),
                mount.path("Destination").asString(""),
                mount.path("Driver").asString(""),
                mount.path("RW").asBoolean(true));
    }

    /// Whether it is the engine's own socket, whatever it is called in the container.
    public boolean isEngineSocket() {
        return source.endsWith("/docker.sock") || destination.endsWith("/docker.sock");
    }

    /// Whether what is written there stays: a volume, or a directory of the host.
    public boolean keepsData() {
        return writable && (type.equals("volume") || type.equals("bind")) && !isEngineSocket();
    }
}
