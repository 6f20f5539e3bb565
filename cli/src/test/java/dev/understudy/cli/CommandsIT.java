package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands as a user types them, on the packaged jars.
final class CommandsIT {
    @TempDir
    Path state;

    @Test
    void helpNamesCommandsAndExitCodes() throws IOException, InterruptedException {
        Tool.Ran ran = Tool.run(state, 60, "--help");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("demo", "validate", "rehearse", "mirror", "report", "clean", "INCONCLUSIVE", "130");
    }

    @Test
    void theDocumentedQuickCommandsOfTheReadmePrintWhatItSays() throws IOException, InterruptedException {
        List<ReadmeBlock> quick = ReadmeBlock.all().stream()
                .filter(block -> !block.command().equals("demo"))
                .toList();

        assertThat(quick).isNotEmpty();
        for (ReadmeBlock block : quick) {
            Tool.Ran ran = Tool.run(state, 60, block.command().split(" "));
            assertThat(ran.out()).isEqualTo(block.output());
            assertThat(ran.code()).isZero();
        }
    }

    @Test
    void everyErrorOfEveryFileIsReportedAtOnceAndNothingIsStarted() throws IOException, InterruptedException {
        Path first = Files.writeString(state.resolve("a.yaml"), "scenario: a\npach: 1\n");
        Path second = Files.writeString(state.resolve("b.yaml"), "scenario: b\nseed: many\n");

        Tool.Ran ran = Tool.run(state, 60, "rehearse", first.toString(), second.toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("a.yaml:2:1: error: ", "b.yaml:2:7: error: ");
        assertThat(state.resolve("shadows")).doesNotExist();
        assertThat(state.resolve("live")).doesNotExist();
    }

    @Test
    void anUnknownCommandIsAUsageError() throws IOException, InterruptedException {
        assertThat(Tool.run(state, 60, "rehears").code()).isEqualTo(2);
        assertThat(Tool.run(state, 60).code()).isEqualTo(2);
        assertThat(Tool.run(state, 60, "report", "no-such-run").code()).isEqualTo(4);
    }

    @Test
    void aTopologyAloneIsNothingToRehearseOrPlan() throws IOException, InterruptedException {
        String topology = "scenarios/shop/topology/shop.yaml";

        for (String command : List.of("rehearse", "plan")) {
            Tool.Ran ran = Tool.run(state, 60, command, topology);

            assertThat(ran.code()).as(command).isEqualTo(2);
            assertThat(ran.err()).startsWith(topology + ":").contains("this is a topology");
        }
    }

    @Test
    void cleanSaysThatNothingIsLeft() throws IOException, InterruptedException {
        Tool.Ran ran = Tool.run(state, 60, "clean");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo("nothing is left\n");
    }

    /// The address (RFC 5737) is nobody's, so the mirror says what it has to and then can't listen there.
    @Test
    void mirrorWarnsOfAFeedThatOthersCanReach() throws IOException, InterruptedException {
        Path topology = Files.writeString(state.resolve("t.yaml"), """
                topology: t
                entry: gateway
                mirror: {service: gateway, at: "127.0.0.1:1", feed: "192.0.2.1:8091"}
                services:
                  gateway: {at: "127.0.0.1:2", version: "1", versions: {"1": {command: [gateway]}}}
                """);

        Tool.Ran ran = Tool.run(state, 60, "mirror", topology.toString());

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines().filter(line -> line.contains("warning")))
                .singleElement()
                .asString()
                .contains(
                        "192.0.2.1:8091 carries live traffic of 'gateway'", "anyone who reaches this port can read it");
    }
}
