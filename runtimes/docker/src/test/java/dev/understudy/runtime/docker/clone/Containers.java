package dev.understudy.runtime.docker.clone;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A container as an engine tells of it, for tests to change one thing of.
final class Containers {
    private Containers() {}

    static ObjectNode inspect() {
        return json("""
                {"Id": "0123456789abcdef0123", "Name": "/shop_orders_1", "Created": "2026-11-22T00:00:00Z",
                 "Image": "sha256:one", "State": {"Running": true, "StartedAt": "2026-11-22T00:00:01Z"},
                 "Config": {"Hostname": "0123456789ab", "Image": "shop-orders:1.0", "User": "", "WorkingDir": "/app",
                   "Env": ["PATH=/bin", "LEVEL=one", "TOKEN=secret"], "Cmd": ["serve"], "Entrypoint": ["/run"],
                   "ExposedPorts": {"8084/tcp": {}}, "Volumes": {"/data": {}}, "MacAddress": "02:42:ac:11:00:02",
                   "Labels": {"com.docker.compose.service": "orders", "com.docker.compose.project": "shop", "tier": "core"}},
                 "HostConfig": {"Binds": ["shop_orders:/data:rw"], "NetworkMode": "shop_default",
                   "PortBindings": {"8084/tcp": [{"HostIp": "", "HostPort": "8084"}]},
                   "RestartPolicy": {"Name": "always", "MaximumRetryCount": 0}, "Privileged": false, "Memory": 0,
                   "ReadonlyRootfs": true, "CapAdd": ["SYS_NICE"], "LogConfig": {"Type": "json-file", "Config": {}},
                   "SomethingNew": {"of": "an engine that this tool does not know"}},
                 "Mounts": [{"Type": "volume", "Name": "shop_orders", "Source": "/volumes/shop_orders/_data",
                   "Destination": "/data", "Driver": "local", "RW": true}],
                 "NetworkSettings": {"Networks": {"shop_default": {"Aliases": ["orders", "0123456789ab"],
                   "IPAddress": "172.20.0.3"}}, "Ports": {"8084/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8084"}]}}}
                """);
    }

    static ObjectNode image(String id) {
        return json("""
                {"Id": "ID", "Config": {"Env": ["PATH=/bin", "LEVEL=one"], "Cmd": ["serve"], "Entrypoint": ["/run"],
                 "User": "", "WorkingDir": "/app", "ExposedPorts": {"8084/tcp": {}}}}
                """.replace("ID", id));
    }

    static LiveContainer live(ObjectNode inspect) {
        return new LiveContainer("orders", 0, inspect, image("sha256:one"));
    }

    static Service.Version version(List<String> command, Map<String, String> environment) {
        Map<String, Template> templates = new java.util.HashMap<>();
        environment.forEach((name, value) -> templates.put(name, new Template(value)));
        return new Service.Version(
                "2.0",
                new Place("t.yaml", 1, 1),
                command.stream().map(Template::new).toList(),
                templates,
                Optional.empty());
    }

    static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }
}
