package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EngineReadingIT {
    private @Nullable EngineAtHand engine;

    @BeforeEach
    void open() {
        engine = EngineAtHand.open("reading");
    }

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void theEngineSaysWhatItIsAndWhatItHolds() {
        assertThat(engine.reading().version().path("ApiVersion").asString("")).isNotEmpty();
        assertThat(engine.reading().info().path("ServerVersion").asString("")).isNotEmpty();
        assertThat(engine.reading().containers(Map.of(), true).isArray()).isTrue();
        assertThat(engine.reading()
                        .networks(Map.of("name", List.of("bridge")))
                        .path(0)
                        .path("Driver")
                        .asString(""))
                .isEqualTo("bridge");
    }

    @Test
    void whatIsNotThereIsSaidInTheEnginesWords() {
        assertThat(engine.reading().containerIfThere("no-such-thing")).isEmpty();
        assertThatThrownBy(() -> engine.reading().container("no-such-thing"))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage(
                        "the engine answered 404 to GET /containers/no-such-thing/json: No such container: no-such-thing");
    }
}
