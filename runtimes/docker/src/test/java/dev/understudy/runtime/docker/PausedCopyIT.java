package dev.understudy.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.ServiceImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Files are copied while live goes on, and only what changed meanwhile while it stands still.
final class PausedCopyIT {
    private static final String PROGRAM = """
            for number in $(seq 32); do head -c 8388608 /dev/urandom > /data/$number; done
            touch /data/ready
            while :; do date +%N > /data/now; sleep 0.05; done
            """;

    @TempDir
    Path directory;

    @Test
    void aQuarterOfAGigabyteWithFewChangesNeedsOnlyAShortPause() throws InterruptedException {
        try (StoresProject project = new StoresProject(directory)) {
            project.declare("files", "{ports: [80], data: {dir: /data}}");
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("Image", ServiceImages.tag(project.engine, "nginx"));
            body.putArray("Entrypoint").add("bash").add("-c").add(PROGRAM);
            Made files = project.live.start("files", body, Map.of(), Map.of("/data", project.live.volume("files")));
            while (!project.engine
                    .work()
                    .containers()
                    .exec(files, List.of("test", "-e", "/data/ready"), Map.of(), Duration.ofSeconds(20))
                    .isFine()) {
                Thread.sleep(100);
            }
            try (Shadow shadow = project.cloned("{maxPause: 500ms, data: {files: snapshot}}")) {
                Duration paused =
                        Objects.requireNonNull(shadow.copied().paused().get("files"));
                long bytes = Objects.requireNonNull(shadow.copied().bytes().get("files"));
                System.out.println(bytes + " bytes were copied within a pause of " + paused.toMillis() + " ms");
                assertThat(bytes).isGreaterThan(256L << 20);
                assertThat(paused).isBetween(Duration.ofMillis(1), Duration.ofMillis(500));
            }
        }
    }
}
