package dev.understudy.runtime.docker.clone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RefusalTest {
    private static List<String> rules(ObjectNode inspect, String... volumes) {
        return Refusal.of(
                        Containers.live(inspect),
                        List.of(volumes).stream()
                                .map(Containers::json)
                                .map(tools.jackson.databind.JsonNode.class::cast)
                                .toList())
                .stream()
                .map(Refusal::rule)
                .toList();
    }

    private static ObjectNode mounting(String mount) {
        ObjectNode inspect = Containers.inspect();
        inspect.putArray("Mounts").add(Containers.json(mount));
        return inspect;
    }

    private static ObjectNode with(String host) {
        ObjectNode inspect = Containers.inspect();
        ((ObjectNode) inspect.path("HostConfig")).setAll(Containers.json(host));
        return inspect;
    }

    @Test
    void anOrdinaryContainerIsNotRefused() {
        assertThat(rules(Containers.inspect(), "{\"Name\": \"v\", \"Driver\": \"local\", \"Options\": null}"))
                .isEmpty();
        assertThat(rules(mounting(
                        "{\"Type\": \"bind\", \"Source\": \"/etc/app\", \"Destination\": \"/c\", \"RW\": false}")))
                .isEmpty();
    }

    @Test
    void eachWayToHarmLiveHasARuleOfItsOwn() {
        assertThat(rules(mounting("{\"Type\": \"bind\", \"Source\": \"/var/run/docker.sock\", \"Destination\": \"/s\", "
                        + "\"RW\": false}")))
                .containsExactly("docker-socket");
        assertThat(rules(mounting("{\"Type\": \"bind\", \"Source\": \"/srv\", \"Destination\": \"/s\", \"RW\": true}")))
                .containsExactly("writable-binds");
        assertThat(rules(with("{\"Privileged\": true}"))).containsExactly("privileged");
        assertThat(rules(with("{\"NetworkMode\": \"host\"}"))).containsExactly("host-network");
        assertThat(rules(with("{\"PidMode\": \"host\"}"))).containsExactly("host-pid");
        assertThat(rules(with("{\"Devices\": [{\"PathOnHost\": \"/dev/kvm\"}]}")))
                .containsExactly("devices");
        assertThat(rules(Containers.inspect(), "{\"Name\": \"v\", \"Driver\": \"rexray\"}"))
                .containsExactly("network-volumes");
        assertThat(
                        rules(
                                Containers.inspect(),
                                "{\"Name\": \"v\", \"Driver\": \"local\", \"Options\": {\"type\": \"nfs\", \"device\": \":/x\"}}"))
                .containsExactly("network-volumes");
    }
}
