package dev.understudy.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.journal.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonViewTest {
    @Test
    void everyLineIsAnObjectWithTimeKindAndText() {
        Play play = new Play(new JsonView()).begins().trial(1);
        play.stage(0, "dispose", 61, new Event.Disposed(List.of("directory x")));

        List<JsonNode> lines =
                play.lines().stream().map(JsonMapper.shared()::readTree).toList();

        assertThat(lines).allMatch(line -> line.has("at") && line.has("kind") && line.has("text"));
        assertThat(lines)
                .extracting(line -> line.path("kind").asString())
                .contains("stage", "detail", "alarm", "alive");
        assertThat(lines)
                .anyMatch(line -> line.path("stage").asString("").equals("watch")
                        && line.path("trial").asInt() == 1
                        && line.path("text").asString().startsWith("BREACH"));
    }
}
