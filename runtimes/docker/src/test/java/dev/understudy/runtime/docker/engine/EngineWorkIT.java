package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class EngineWorkIT {
    private static final Mark MARK = new Mark("control", "service");

    private @Nullable EngineAtHand engine;
    private ContainerWork containers;

    @BeforeEach
    void open() {
        engine = EngineAtHand.open("work");
        containers = engine.work().containers();
    }

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    private Made greeting(String name, int seconds) {
        return containers.create(MARK, engine.name(name), TestImage.greeting(engine, seconds), Json.object());
    }

    @Test
    void aContainerLivesItsLifeAndIsReadAsItIs() throws Exception {
        Made made = greeting("a", 0);
        containers.start(made);

        assertThat(containers.exit(made).get(30, TimeUnit.SECONDS)).isZero();
        assertThat(engine.reading().logs(made.id(), 10)).contains("hello world\n", "and hello again\n");
        JsonNode read = engine.reading().container(made.name());
        assertThat(read.path("Config").path("Labels").path(Mark.ROLE).asString(""))
                .isEqualTo("service");
        assertThat(engine.work().made(Map.of(Mark.ARM, "control"))).containsExactly(made);
        assertThat(engine.work().runs()).contains(engine.work().run());

        containers.remove(made);
        containers.remove(made);
        assertThat(engine.work().made()).isEmpty();
    }

    @Test
    void aRunningContainerIsPausedStoppedRenamedAndEntered() throws Exception {
        Made made = greeting("b", 600);
        containers.start(made);
        containers.start(made);
        containers.pause(made);
        assertThat(state(made)).isEqualTo("paused");
        containers.unpause(made);
        containers.update(made, Json.object().put("Memory", 256 << 20).put("MemorySwap", 256 << 20));

        Ran ran = containers.exec(
                made, List.of("/opt/java/bin/java", "-version"), Map.of("A", "b"), Duration.ofSeconds(30));
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.output()).contains("build");
        assertThat(containers
                        .exec(made, List.of("/no/such"), Map.of(), Duration.ofSeconds(30))
                        .exitCode())
                .isNotZero();

        containers.putArchive(
                made,
                "/tmp",
                new ByteArrayInputStream(TarStream.of(Map.of("note", "x".getBytes(StandardCharsets.UTF_8)))));
        try (InputStream tar = containers.getArchive(made, "/tmp/note")) {
            assertThat(new String(tar.readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("note");
        }
        assertThat(engine.reading().changes(made.id()).toString()).contains("/tmp/note");
        assertThat(engine.reading().top(made.id()).path("Processes").size()).isEqualTo(1);
        assertThat(engine.reading().stats(made.id()).has("memory_stats")).isTrue();

        Made renamed = containers.rename(made, engine.name("c"));
        containers.stop(renamed, Duration.ofSeconds(5));
        containers.stop(renamed, Duration.ofSeconds(5));
        assertThat(state(renamed)).isEqualTo("exited");
    }

    @Test
    void aCommandThatDoesNotEndIsGivenUpWithWhatItPrinted() {
        Made made = greeting("d", 600);
        containers.start(made);
        List<String> words = TestImage.image().command(Greeting.class.getName(), 32, List.of("exec", "20"));

        assertThatThrownBy(() -> containers.exec(made, words, Map.of(), Duration.ofSeconds(4)))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("no answer within 4 s")
                .hasMessageContaining("hello exec");
    }

    @Test
    void whatIsAnothersIsLeftAlone() {
        Made made = greeting("e", 600);
        EngineWork other = engine.work().of("somebody-else");

        assertThatThrownBy(() -> other.containers().remove(made))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("left alone")
                .hasMessageContaining("somebody-else")
                .hasMessageContaining(engine.work().run());
        Made older = new Made(made.kind(), made.id(), made.name(), "2020-01-01T00:00:00Z");
        assertThatThrownBy(() -> containers.kill(older, "SIGKILL"))
                .hasMessageContaining("2020-01-01")
                .hasMessageContaining(made.createdAt());
        Made volume = engine.work().volumes().create(MARK, engine.name("v"), Json.object());
        assertThatThrownBy(() -> engine.work().volumes().create(MARK, volume.name(), Json.object()))
                .hasMessageContaining("left alone");
        assertThat(engine.work().made()).containsExactlyInAnyOrder(made, volume);
    }

    @Test
    void aSweepLeavesNothingOfTheRunBehind() {
        Made network = engine.work()
                .networks()
                .create(MARK, engine.name("net"), Json.object().put("Internal", true));
        Made volume = engine.work().volumes().create(MARK, engine.name("v"), Json.object());
        for (int number = 0; number < 4; number++) {
            Made made = greeting("s" + number, 600);
            engine.work().networks().connect(network, made, Json.object());
            containers.start(made);
        }
        Made image = engine.work()
                .images()
                .importTar(
                        MARK,
                        engine.name("image") + ":1",
                        new ByteArrayInputStream(TarStream.of(Map.of("note", new byte[3]))),
                        List.of("ENV A=b"));
        assertThat(engine.work().made()).hasSize(7).contains(network, volume, image);
        assertThatThrownBy(() -> engine.work().networks().remove(network)).hasMessageContaining("active endpoints");

        assertThat(engine.work().sweep()).isEmpty();
        assertThat(engine.work().made()).isEmpty();
    }

    @Test
    void aNetworkThatAnotherUsesIsLeftWithTheReason() {
        Made network = engine.work().networks().create(MARK, engine.name("held"), Json.object());
        Made mine = greeting("mine", 600);
        engine.work().networks().connect(network, mine, Json.object());
        containers.start(mine);
        EngineWork other = engine.work().of(engine.work().run() + "-other");
        Made theirs = other.containers()
                .create(MARK, engine.name("theirs"), TestImage.greeting(engine, 600), networking(network.name()));
        other.containers().start(theirs);
        try {
            assertThat(engine.work().sweep())
                    .singleElement()
                    .asString()
                    .startsWith("network '" + network.name() + "' (")
                    .contains("has active endpoints");
            assertThat(engine.work().made()).containsExactly(network);
            assertThat(state(theirs)).isEqualTo("running");
        } finally {
            assertThat(other.sweep()).isEmpty();
        }
    }

    private static ObjectNode networking(String network) {
        ObjectNode networking = Json.object();
        networking.putObject("EndpointsConfig").putObject(network);
        return networking;
    }

    @Test
    void eventsAreToldAsTheyHappen() throws Exception {
        List<String> actions = new CopyOnWriteArrayList<>();
        long now = System.currentTimeMillis() / 1000;
        try (Events events = engine.reading()
                .events(
                        now,
                        Map.of("label", List.of(Mark.RUN + "=" + engine.work().run())),
                        event -> actions.add(event.path("Action").asString("")))) {
            Made made = greeting("f", 0);
            containers.start(made);
            containers.exit(made).get(30, TimeUnit.SECONDS);
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (!actions.contains("die") && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
            assertThat(events.ended()).isEmpty();
        }
        assertThat(actions).startsWith("create", "start").contains("die");
    }

    @Test
    void anImageIsBuiltFromATarAndAFailureNamesTheStep() throws IOException {
        byte[] good = TarStream.of(Map.of(
                "Dockerfile", "FROM scratch\nCOPY note /note\n".getBytes(StandardCharsets.UTF_8), "note", new byte[5]));
        byte[] bad =
                TarStream.of(Map.of("Dockerfile", "FROM scratch\nCOPY nothing /\n".getBytes(StandardCharsets.UTF_8)));
        List<String> progress = new CopyOnWriteArrayList<>();

        Made image = engine.work()
                .images()
                .build(MARK, engine.name("built") + ":1", new ByteArrayInputStream(good), Map.of(), progress::add);
        engine.work().images().tag(image, engine.name("built") + ":2");

        assertThat(engine.reading().image(image.id()).path("RepoTags").size()).isEqualTo(2);
        assertThat(progress).anyMatch(line -> line.contains("FROM scratch"));
        assertThatThrownBy(() ->
                        engine.work().images().build(MARK, "x:1", new ByteArrayInputStream(bad), Map.of(), line -> {}))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("COPY");
    }

    private String state(Made made) {
        return engine.reading()
                .container(made.id())
                .path("State")
                .path("Status")
                .asString("");
    }
}
