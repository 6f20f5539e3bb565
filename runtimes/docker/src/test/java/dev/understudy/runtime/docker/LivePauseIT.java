package dev.understudy.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.engine.EngineAddress;
import dev.understudy.runtime.docker.engine.EngineAtHand;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.LiveFreeze;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.ServiceImages;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Live goes on after every pause, whatever becomes of who paused it.
final class LivePauseIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private @Nullable EngineAtHand engine;
    private @Nullable LiveProject live;

    @BeforeEach
    void open() {
        engine = EngineAtHand.open("pause");
        live = new LiveProject(engine, engine.name("pause"));
    }

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void allStandStillTogetherAndGoOn() {
        List<LiveContainer> containers = List.of(started("a"), started("b"), started("c"), started("d"));
        LivePause pause = new LivePause(Optional.of(Duration.ofSeconds(5)), engine.address());

        Duration paused;
        try (LivePause.Armed armed = pause.arm(containers)) {
            paused = armed.during(_ -> assertThat(containers).allMatch(this::isPaused));
        }

        assertThat(containers).noneMatch(this::isPaused);
        assertThat(paused).isBetween(Duration.ofMillis(1), Duration.ofSeconds(5));
        System.out.println("four containers stood still for " + paused.toMillis() + " ms");
    }

    @Test
    void aCopyThatTakesLongerIsThrownAwayAndLiveGoesOnWithoutIt() {
        LiveContainer container = started("a");
        LivePause pause = new LivePause(Optional.of(Duration.ofMillis(500)), engine.address());

        try (LivePause.Armed armed = pause.arm(List.of(container))) {
            assertThatThrownBy(() -> armed.during(_ -> {
                        assertThat(isPaused(container)).isTrue();
                        // this process still believes that it is copying
                        assertThat(eventually(() -> !isPaused(container))).isTrue();
                    }))
                    .hasMessageContaining("took longer than the pause allowed")
                    .hasMessageContaining("500 ms");
        }
        assertThat(isPaused(container)).isFalse();
    }

    @Test
    void liveGoesOnWhenTheToolIsKilledInTheMiddleOfAPause() throws Exception {
        LiveContainer container = started("a");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Pausing.class.getName(),
                        engine.address().uri().toString(),
                        container.id())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = tool.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("paused");
            assertThat(isPaused(container)).isTrue();

            long killed = System.nanoTime();
            tool.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            assertThat(eventually(() -> !isPaused(container))).isTrue();
            System.out.println("live went on " + (System.nanoTime() - killed) / 1_000_000 + " ms after the kill");
        }
    }

    /// The tool in the middle of a pause that would take a minute.
    static final class Pausing {
        public static void main(String[] arguments) {
            EngineAddress address = EngineAddress.parse(arguments[0]);
            EngineReading reading = EngineReading.open(address);
            LiveContainer container =
                    new LiveContainer("a", 0, reading.container(arguments[1]), JsonNodeFactory.instance.objectNode());
            LivePause.Armed armed = new LivePause(Optional.of(LONG), address).arm(List.of(container));
            armed.during(_ -> {
                System.out.println("paused");
                LockSupport.parkNanos(LONG.toNanos());
            });
        }
    }

    @Test
    void whatSomebodyElsePausedIsLeftAlone() {
        LiveContainer container = started("a");
        try (LiveFreeze freeze = LiveFreeze.open(engine.address())) {
            LiveFreeze.Target target = new LiveFreeze.Target(container.id(), container.created());
            freeze.pause(target);

            assertThatThrownBy(() -> new LivePause(Optional.of(LONG), engine.address()).arm(List.of(container)))
                    .hasMessageContaining("nothing is paused")
                    .hasMessageContaining("paused already, by somebody else");
            assertThat(isPaused(container)).isTrue();
            freeze.unpause(target);
        }
    }

    @Test
    void whatIsNotTheContainerThatItWasIsNotTouched() {
        LiveContainer container = started("a");
        try (LiveFreeze freeze = LiveFreeze.open(engine.address())) {
            assertThatThrownBy(() -> freeze.pause(new LiveFreeze.Target(container.id(), "2001-01-01T00:00:00Z")))
                    .hasMessageContaining("is no longer there");
        }
        assertThat(isPaused(container)).isFalse();
        assertThat(LiveFreeze.calls())
                .containsExactly(
                        "GET /containers/{id}/json", "POST /containers/{id}/pause", "POST /containers/{id}/unpause");
    }

    private LiveContainer started(String service) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Image", ServiceImages.tag(engine, "redis"));
        Made made = live.start(service, body, Map.of(), Map.of());
        return new LiveContainer(
                service, 0, engine.reading().container(made.id()), JsonNodeFactory.instance.objectNode());
    }

    private boolean isPaused(LiveContainer container) {
        return engine.reading()
                .container(container.id())
                .path("State")
                .path("Paused")
                .asBoolean();
    }

    private static boolean eventually(BooleanSupplier condition) {
        for (long end = System.nanoTime() + Duration.ofSeconds(15).toNanos(); System.nanoTime() < end; ) {
            if (condition.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(10_000_000);
        }
        return false;
    }
}
