package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.json.JsonMapper;

/// Progress as it comes out of the packaged tool: on a terminal (one that script(1) makes) and into files.
/// What is rehearsed ends at once, as live does not run.
@ResourceLock(Tool.A_LIVE_SYSTEM)
final class ProgressIT {
    @TempDir
    Path directory;

    private Path scenario = Path.of("");

    @BeforeEach
    void needsNamespaces() throws IOException {
        Needs.namespaces();
        scenario = NotesLive.files(Files.createDirectory(directory.resolve("notes")), 2)
                .resolve("scenario.yaml");
        Files.writeString(scenario, Files.readString(scenario).replace(", start: true", ""));
    }

    @Test
    void intoAFileThereAreLinesWithoutAnEscapeByte() throws IOException, InterruptedException {
        for (String style : List.of("auto", "tty", "plain")) {
            Tool.Ran ran = rehearse(style);

            assertThat(ran.code()).isEqualTo(4);
            assertThat(ran.err()).contains(" s  rehearsing ", " s  discover\n", "live doesn't run");
            assertThat(ran.err() + ran.out()).doesNotContain("\u001b", "\r");
        }
    }

    @Test
    void quietlyOnlyWhatWentWrongIsTold() throws IOException, InterruptedException {
        assertThat(rehearse("quiet").err()).startsWith("understudy: live doesn't run");
    }

    @Test
    void forProgramsEveryLineIsAnObject() throws IOException, InterruptedException {
        List<String> lines = rehearse("json")
                .err()
                .lines()
                .filter(line -> !line.startsWith("understudy: "))
                .toList();

        assertThat(lines)
                .isNotEmpty()
                .allMatch(
                        line -> JsonMapper.shared().readTree(line).path("kind").isString());
    }

    @Test
    void anUnknownStyleIsAUsageErrorThatNamesThem() throws IOException, InterruptedException {
        Tool.Ran ran = rehearse("loud");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--progress", "loud", "PLAIN");
    }

    /// A run that ends before the tree is drawn a second time has nothing to draw over; that is `TreeViewTest`'s.
    @Test
    void onATerminalATreeIsDrawn() throws IOException, InterruptedException {
        String drawn = onATerminal(Map.of("TERM", "xterm"));

        assertThat(drawn).contains("discover", "\u001b[31m").doesNotContain(" s  discover");
    }

    @Test
    void noColorLeavesTheTreeAndTakesItsColours() throws IOException, InterruptedException {
        assertThat(onATerminal(Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .contains("discover")
                .doesNotContain("\u001b[3", " s  discover");
    }

    @Test
    void aTerminalThatCanNotMoveItsCursorGetsLines() throws IOException, InterruptedException {
        assertThat(onATerminal(Map.of("TERM", "dumb"))).contains(" s  discover").doesNotContain("\u001b");
    }

    private Tool.Ran rehearse(String style) throws IOException, InterruptedException {
        return Tool.run(
                directory,
                400,
                "rehearse",
                scenario.toString(),
                "--progress",
                style,
                "--out",
                directory.resolve("runs").toString());
    }

    private String onATerminal(Map<String, String> environment) throws IOException, InterruptedException {
        Needs.program("script");
        ProcessBuilder tool = Tool.command(
                directory,
                "rehearse",
                scenario.toString(),
                "--out",
                directory.resolve("runs").toString());
        String typed = String.join(" ", tool.command());
        tool.environment().keySet().removeAll(List.of("NO_COLOR", "CLICOLOR_FORCE"));
        tool.environment().putAll(environment);
        Process script = tool.command("script", "--quiet", "--command", typed, "/dev/null")
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("terminal").toFile())
                .start();
        assertThat(script.waitFor(400, TimeUnit.SECONDS)).isTrue();
        return Tool.read(directory.resolve("terminal"));
    }
}
