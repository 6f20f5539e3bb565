package dev.understudy.runtime.docker.clone;

import dev.understudy.scenario.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the engine is to be asked for a container of an arm (`POST /containers/create`), and what of it differs from
/// live's on purpose. Everything that is not named here is taken over as it is, whether this tool knows it or not.
///
/// @param body what is sent, without `NetworkingConfig`
/// @param rewrites what differs, and why
public record Blueprint(ObjectNode body, List<Rewrite> rewrites) {
    /// The labels by which Compose knows its own: with them the next `compose up` would take a clone for live's.
    private static final String COMPOSE = "com.docker.compose.";

    /// Log drivers that keep what is logged on the engine's own host.
    private static final List<String> LOCAL_LOGS = List.of("json-file", "local", "journald", "none");

    private static final long CPU_PERIOD = 100_000;
    private static final int LOW_SHARES = 128;

    /// Where a container of an arm is put.
    ///
    /// @param labels our own
    /// @param joined the id of the clone whose network it shares; empty if it has its own
    /// @param network the network it is made on; empty if it has none
    /// @param names where it asks for names; empty if it shares another's network
    /// @param mounts the bodies of its mounts
    public record Placement(
            Map<String, String> labels, String joined, String network, String names, List<ObjectNode> mounts) {}

    /// What a container may use at most if live's has no limit.
    ///
    /// @param memory in bytes
    /// @param cpus in processors
    public record Limits(long memory, double cpus) {}

    /// Of `live`, as `version` says, with `settings` over all.
    ///
    /// @param image the answer to `GET /images/{id}/json` for the image it is to be made from
    public static Blueprint of(
            LiveContainer live,
            JsonNode image,
            Service.Version version,
            Map<String, String> settings,
            Placement placement,
            Limits limits) {
        List<Rewrite> rewrites = new ArrayList<>();
        ObjectNode body = config(live, image, version, settings, placement, rewrites);
        body.set("HostConfig", host(live, placement, limits, rewrites));
        return new Blueprint(body, List.copyOf(rewrites));
    }

    private static ObjectNode config(
            LiveContainer live,
            JsonNode image,
            Service.Version version,
            Map<String, String> settings,
            Placement placement,
            List<Rewrite> rewrites) {
        ObjectNode body = (ObjectNode) live.config().deepCopy();
        boolean other =
                !image.path("Id").asString("").equals(live.image().path("Id").asString(""));
        body.put("Image", image.path("Id").asString());
        rewrites.add(new Rewrite("Config.Image", "by its id: a tag may have moved since"));
        if (live.id().startsWith(body.path("Hostname").asString("?"))) {
            body.remove("Hostname");
            rewrites.add(new Rewrite("Config.Hostname", "was made from live's id"));
        }
        body.remove("MacAddress");
        rewrites.add(new Rewrite("Config.MacAddress", "two containers must not share one"));
        body.remove("OnBuild");
        body.set("Volumes", object());
        rewrites.add(new Rewrite("Config.Volumes.", "each is mounted by name, so that none is made anew"));
        labels(body, live, placement, rewrites);
        program(body, live, version, other, rewrites);
        body.set("Env", environment(live, version, settings, other));
        if (other || !version.environment().isEmpty() || !settings.isEmpty()) {
            rewrites.add(new Rewrite("Config.Env", "another version, or other settings"));
        }
        if (other) {
            List.of("User", "WorkingDir", "ExposedPorts", "StopSignal", "Healthcheck", "Shell")
                    .forEach(field -> {
                        if (body.path(field).equals(live.image().path("Config").path(field))) {
                            body.remove(field);
                            rewrites.add(new Rewrite("Config." + field, "as the other image has it"));
                        }
                    });
        }
        if (!placement.joined().isEmpty()) {
            List.of("Hostname", "Domainname", "ExposedPorts").forEach(body::remove);
            rewrites.add(new Rewrite("Config.ExposedPorts", "belongs to the container whose network it shares"));
            rewrites.add(new Rewrite("Config.Hostname", "belongs to the container whose network it shares"));
            rewrites.add(new Rewrite("Config.Domainname", "belongs to the container whose network it shares"));
        }
        return body;
    }

    private static void labels(ObjectNode body, LiveContainer live, Placement placement, List<Rewrite> rewrites) {
        ObjectNode labels = object();
        live.config().path("Labels").properties().forEach(label -> {
            if (!label.getKey().startsWith(COMPOSE)) {
                labels.set(label.getKey(), label.getValue());
            }
        });
        placement.labels().forEach(labels::put);
        body.set("Labels", labels);
        rewrites.add(new Rewrite(
                "Config.Labels.com.docker.compose.", "with Compose's labels it would be taken for one of live's"));
        rewrites.add(new Rewrite("Config.Labels.dev.understudy.", "the mark of the run"));
    }

    /// What equals the image's own is left to the image: a command that is sent beside an entry point that is not means
    /// something else to the engine than neither.
    private static void program(
            ObjectNode body, LiveContainer live, Service.Version version, boolean other, List<Rewrite> rewrites) {
        JsonNode image = live.image().path("Config");
        boolean ownEntry = !equal(body.path("Entrypoint"), image.path("Entrypoint"));
        boolean ownCommand = !equal(body.path("Cmd"), image.path("Cmd"));
        if (!ownEntry) {
            body.remove("Entrypoint");
        }
        if (!ownEntry && !ownCommand) {
            body.remove("Cmd");
        }
        if (!version.command().isEmpty()) {
            ArrayNode command = JsonNodeFactory.instance.arrayNode();
            version.command().forEach(word -> command.add(word.text()));
            body.set("Cmd", command);
        }
        if (other || !version.command().isEmpty()) {
            rewrites.add(new Rewrite("Config.Cmd", "another version"));
            rewrites.add(new Rewrite("Config.Entrypoint", "another version"));
        }
    }

    private static boolean equal(JsonNode one, JsonNode another) {
        return one.equals(another) || (one.isEmpty() && another.isEmpty());
    }

    /// Of another image its own values stand; what was set in live is set there too.
    private static ArrayNode environment(
            LiveContainer live, Service.Version version, Map<String, String> settings, boolean other) {
        List<String> ofImage = LiveContainer.texts(live.image().path("Config").path("Env"));
        Map<String, String> lines = new LinkedHashMap<>();
        live.environment().stream()
                .filter(line -> !other || !ofImage.contains(line))
                .forEach(line -> lines.put(variable(line), line));
        version.environment().forEach((name, value) -> lines.put(name, name + "=" + value.text()));
        settings.forEach((name, value) -> lines.put(name, name + "=" + value));
        ArrayNode environment = JsonNodeFactory.instance.arrayNode();
        lines.values().forEach(environment::add);
        return environment;
    }

    private static String variable(String line) {
        int equals = line.indexOf('=');
        return equals < 0 ? line : line.substring(0, equals);
    }

    private static ObjectNode host(LiveContainer live, Placement placement, Limits limits, List<Rewrite> rewrites) {
        ObjectNode host = (ObjectNode) live.host().deepCopy();
        rewrite(host, rewrites, "Binds", "what is mounted is listed under Mounts, each a copy");
        rewrite(host, rewrites, "VolumesFrom", "what is mounted is listed under Mounts, each a copy");
        rewrite(host, rewrites, "Links", "names lead to the arm's own links");
        rewrite(host, rewrites, "ContainerIDFile", "belongs to live");
        ArrayNode mounts = host.putArray("Mounts");
        placement.mounts().forEach(mounts::add);
        rewrites.add(new Rewrite("HostConfig.Mounts", "each a copy of what live has mounted"));
        host.set("PortBindings", object());
        host.put("PublishAllPorts", false);
        rewrites.add(new Rewrite("HostConfig.PortBindings.", "nothing of an arm is published but its entry"));
        rewrites.add(new Rewrite("HostConfig.PublishAllPorts", "nothing of an arm is published but its entry"));
        host.set("RestartPolicy", object().put("Name", "no").put("MaximumRetryCount", 0));
        rewrites.add(new Rewrite("HostConfig.RestartPolicy.", "a crash in a rehearsal must be seen, not healed"));
        host.put("AutoRemove", false);
        rewrites.add(new Rewrite("HostConfig.AutoRemove", "what ended is looked at before it is removed"));
        network(host, placement, rewrites);
        rights(host, rewrites);
        logs(host, rewrites);
        limit(host, limits, rewrites);
        return host;
    }

    private static void rewrite(ObjectNode host, List<Rewrite> rewrites, String field, String why) {
        host.remove(field);
        rewrites.add(new Rewrite("HostConfig." + field, why));
    }

    private static void network(ObjectNode host, Placement placement, List<Rewrite> rewrites) {
        boolean joined = !placement.joined().isEmpty();
        host.put(
                "NetworkMode",
                joined
                        ? "container:" + placement.joined()
                        : placement.network().isEmpty() ? "none" : placement.network());
        rewrites.add(new Rewrite("HostConfig.NetworkMode", "a network of the arm's own"));
        if (joined || placement.network().isEmpty()) {
            host.remove("Dns");
            host.remove("ExtraHosts");
        } else {
            host.putArray("Dns").add(placement.names());
        }
        rewrites.add(new Rewrite("HostConfig.Dns", "names are answered by the arm"));
        for (String mode : List.of("PidMode", "IpcMode", "UTSMode")) {
            if (host.path(mode).asString("").equals("host")
                    || host.path(mode).asString("").startsWith("container:")) {
                host.put(mode, mode.equals("IpcMode") ? "private" : "");
                rewrites.add(new Rewrite("HostConfig." + mode, "nothing is shared with live or its host"));
            }
        }
    }

    private static void rights(ObjectNode host, List<Rewrite> rewrites) {
        if (host.path("Privileged").asBoolean(false)) {
            host.put("Privileged", false);
            rewrites.add(new Rewrite("HostConfig.Privileged", "a clone is never privileged"));
            rewrites.add(new Rewrite("HostConfig.SecurityOpt", "a clone is never privileged"));
            rewrites.add(new Rewrite("HostConfig.MaskedPaths", "a clone is never privileged"));
            rewrites.add(new Rewrite("HostConfig.ReadonlyPaths", "a clone is never privileged"));
            List.of("SecurityOpt", "MaskedPaths", "ReadonlyPaths").forEach(host::remove);
        }
        for (String devices : List.of("Devices", "DeviceRequests", "DeviceCgroupRules")) {
            if (!host.path(devices).isEmpty()) {
                rewrite(host, rewrites, devices, "a clone has no devices of the host");
            }
        }
    }

    private static void logs(ObjectNode host, List<Rewrite> rewrites) {
        String driver = host.path("LogConfig").path("Type").asString("");
        if (!driver.isEmpty() && !LOCAL_LOGS.contains(driver)) {
            ObjectNode log = object().put("Type", "json-file");
            log.set("Config", object().put("max-size", "20m"));
            host.set("LogConfig", log);
            rewrites.add(new Rewrite("HostConfig.LogConfig.", "the driver '" + driver + "' would send it elsewhere"));
        }
    }

    /// A container that is made without a limit can never be given one and have it taken away again.
    private static void limit(ObjectNode host, Limits limits, List<Rewrite> rewrites) {
        if (host.path("Memory").asLong(0) == 0) {
            host.put("Memory", limits.memory());
            host.put("MemorySwap", limits.memory());
            rewrites.add(new Rewrite("HostConfig.Memory", "live has no limit; a clone must not starve it"));
            rewrites.add(new Rewrite("HostConfig.MemorySwap", "live has no limit; a clone must not starve it"));
        }
        if (host.path("NanoCpus").asLong(0) == 0 && host.path("CpuQuota").asLong(0) <= 0) {
            host.put("CpuPeriod", CPU_PERIOD);
            host.put("CpuQuota", Math.round(limits.cpus() * CPU_PERIOD));
            rewrites.add(new Rewrite("HostConfig.CpuPeriod", "live has no limit; a clone must not starve it"));
            rewrites.add(new Rewrite("HostConfig.CpuQuota", "live has no limit; a clone must not starve it"));
        }
        host.put("CpuShares", LOW_SHARES);
        rewrites.add(new Rewrite("HostConfig.CpuShares", "live goes first"));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
