package dev.understudy.runtime.docker.clone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Service;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class BlueprintTest {
    private static final Service.Version LIVE = Containers.version(List.of(), Map.of());
    private static final Blueprint.Placement PLACE = new Blueprint.Placement(
            Map.of("dev.understudy.owner", "us"),
            "",
            "net",
            "10.130.0.2",
            List.of(Containers.json("{\"Type\": \"volume\", \"Source\": \"copy\", \"Target\": \"/data\"}")));

    private static Blueprint of(ObjectNode inspect, Service.Version version, Blueprint.Placement place) {
        return Blueprint.of(
                Containers.live(inspect),
                Containers.image("sha256:one"),
                version,
                Map.of(),
                place,
                new Blueprint.Limits(1 << 30, 2));
    }

    /// What the engine would tell of a container that was made from it.
    private static ObjectNode made(Blueprint blueprint) {
        ObjectNode config = blueprint.body().deepCopy();
        JsonNode image = Containers.image("sha256:one").path("Config");
        image.properties().forEach(field -> {
            if (!config.has(field.getKey())) {
                config.set(field.getKey(), field.getValue());
            }
        });
        ObjectNode made = Containers.json("{}");
        made.set("HostConfig", config.remove("HostConfig"));
        made.set("Config", config);
        return made;
    }

    @Test
    void everyFieldIsAsInLiveOrOnTheListOfRewrites() {
        Blueprint blueprint = of(Containers.inspect(), LIVE, PLACE);

        assertThat(Likeness.differences(Containers.inspect(), made(blueprint), blueprint.rewrites()))
                .isEmpty();
        assertThat(blueprint
                        .body()
                        .path("HostConfig")
                        .path("SomethingNew")
                        .path("of")
                        .asString())
                .isEqualTo("an engine that this tool does not know");
        assertThat(blueprint.rewrites())
                .allSatisfy(rewrite -> assertThat(rewrite.why()).isNotBlank());
    }

    @Test
    void aFieldThatIsLostIsFound() {
        Blueprint blueprint = of(Containers.inspect(), LIVE, PLACE);
        ObjectNode made = made(blueprint);
        ((ObjectNode) made.path("HostConfig")).remove("CapAdd");

        assertThat(Likeness.differences(Containers.inspect(), made, blueprint.rewrites()))
                .containsExactly("HostConfig.CapAdd[0]: 'SYS_NICE' in live, nothing in the clone");
    }

    @Test
    void nothingOfACloneIsPublishedRestartedOrTakenForOneOfCompose() {
        JsonNode body = of(Containers.inspect(), LIVE, PLACE).body();

        assertThat(body.path("HostConfig").path("PortBindings").isEmpty()).isTrue();
        assertThat(body.path("HostConfig").path("RestartPolicy").path("Name").asString())
                .isEqualTo("no");
        assertThat(body.path("Labels").propertyNames()).containsExactlyInAnyOrder("tier", "dev.understudy.owner");
        assertThat(body.has("Hostname")).isFalse();
        assertThat(body.path("HostConfig").path("Memory").asLong()).isEqualTo(1 << 30);
    }

    @Test
    void whatEqualsTheImagesOwnIsLeftToTheImage() {
        JsonNode same = of(Containers.inspect(), LIVE, PLACE).body();
        assertThat(same.has("Cmd")).isFalse();
        assertThat(same.has("Entrypoint")).isFalse();

        ObjectNode own = Containers.inspect();
        ((ObjectNode) own.path("Config")).putNull("Cmd").putArray("Entrypoint").add("/other");
        JsonNode other = of(own, LIVE, PLACE).body();
        assertThat(other.path("Cmd").isNull()).isTrue();
        assertThat(other.path("Entrypoint").path(0).asString()).isEqualTo("/other");
    }

    @Test
    void ofAnotherImageItsOwnValuesStandAndWhatWasSetInLiveIsSetThereToo() {
        Blueprint blueprint = Blueprint.of(
                Containers.live(Containers.inspect()),
                Containers.image("sha256:two"),
                Containers.version(List.of("serve", "--fast"), Map.of("RETRIES", "2")),
                Map.of("TOKEN", "other"),
                PLACE,
                new Blueprint.Limits(1 << 30, 2));

        assertThat(blueprint.body().path("Image").asString()).isEqualTo("sha256:two");
        assertThat(blueprint.body().path("Env").valueStream().map(JsonNode::asString))
                .containsExactly("TOKEN=other", "RETRIES=2");
        assertThat(blueprint.body().path("Cmd").valueStream().map(JsonNode::asString))
                .containsExactly("serve", "--fast");
        assertThat(blueprint.body().has("WorkingDir")).isFalse();
    }

    @Test
    void whoSharesTheNetworkOfAnotherHasNoneOfItsOwn() {
        JsonNode body = of(
                        Containers.inspect(),
                        LIVE,
                        new Blueprint.Placement(Map.of(), "clone-of-other", "", "", List.of()))
                .body();

        assertThat(body.path("HostConfig").path("NetworkMode").asString()).isEqualTo("container:clone-of-other");
        assertThat(body.has("ExposedPorts")).isFalse();
        assertThat(body.path("HostConfig").has("Dns")).isFalse();
    }

    @Test
    void rightsOverTheHostAndLogsThatLeaveItAreNotTakenOver() {
        ObjectNode inspect = Containers.inspect();
        ObjectNode host = (ObjectNode) inspect.path("HostConfig");
        host.put("Privileged", true).put("PidMode", "host").put("IpcMode", "host");
        host.putArray("Devices").addObject().put("PathOnHost", "/dev/sda");
        host.putObject("LogConfig").put("Type", "syslog");
        Blueprint blueprint = of(inspect, LIVE, PLACE);
        JsonNode body = blueprint.body().path("HostConfig");

        assertThat(body.path("Privileged").asBoolean()).isFalse();
        assertThat(body.path("PidMode").asString()).isEmpty();
        assertThat(body.path("IpcMode").asString()).isEqualTo("private");
        assertThat(body.path("Devices").isEmpty()).isTrue();
        assertThat(body.path("LogConfig").path("Type").asString()).isEqualTo("json-file");
        assertThat(Likeness.differences(inspect, made(blueprint), blueprint.rewrites()))
                .isEmpty();
    }
}
