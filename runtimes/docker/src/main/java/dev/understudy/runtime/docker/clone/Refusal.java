package dev.understudy.runtime.docker.clone;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Something of a container of live that is not taken into a clone unless the topology allows it. The rules are named
/// so that a topology can lift each: `docker: {allow: [writable-binds]}`.
///
/// @param rule its name
/// @param container whose
/// @param what it is, such as `/srv/files is mounted at /files to be written to`
public record Refusal(String rule, String container, String what) {
    private static final Set<String> LOCAL_DRIVERS = Set.of("", "local");

    /// All that stands in the way of a container, whatever is allowed.
    ///
    /// @param volumes the answers to `GET /volumes/{name}` for its volumes
    public static List<Refusal> of(LiveContainer container, List<JsonNode> volumes) {
        List<Refusal> refusals = new ArrayList<>();
        Reasons reasons = new Reasons(container.name(), refusals);
        JsonNode host = container.host();
        container.mounts().forEach(mount -> {
            if (mount.isEngineSocket()) {
                reasons.add("docker-socket", mount.source() + " is mounted: whoever has it rules the engine");
            } else if (mount.type().equals("bind") && mount.writable()) {
                reasons.add(
                        "writable-binds",
                        mount.source() + " of live's host is mounted at " + mount.destination() + " to be written to");
            }
        });
        if (host.path("Privileged").asBoolean(false)) {
            reasons.add("privileged", "it is privileged");
        }
        if (host.path("NetworkMode").asString("").equals("host")) {
            reasons.add("host-network", "it is on the network of its host");
        }
        if (host.path("PidMode").asString("").equals("host")) {
            reasons.add("host-pid", "it sees the processes of its host");
        }
        if (!host.path("Devices").isEmpty() || !host.path("DeviceRequests").isEmpty()) {
            reasons.add("devices", "it is given devices of its host");
        }
        volumes.forEach(volume -> networked(volume, reasons));
        return List.copyOf(refusals);
    }

    private record Reasons(String container, List<Refusal> refusals) {
        void add(String rule, String what) {
            refusals.add(new Refusal(rule, container, what));
        }
    }

    private static void networked(JsonNode volume, Reasons reasons) {
        String name = volume.path("Name").asString("");
        String driver = volume.path("Driver").asString("");
        String type = volume.path("Options").path("type").asString("");
        String device = volume.path("Options").path("device").asString("");
        boolean elsewhere = type.startsWith("nfs") || type.equals("cifs") || device.startsWith(":");
        if (!LOCAL_DRIVERS.contains(driver) || elsewhere) {
            reasons.add(
                    "network-volumes",
                    "volume " + name + " lies elsewhere (" + (elsewhere ? type + " " + device : "driver " + driver)
                            + ")");
        }
    }

    @Override
    public String toString() {
        return container + ": " + what + " (rule '" + rule + "')";
    }
}
