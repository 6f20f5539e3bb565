package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Commands as a user types them, on the packaged jars.
@ResourceLock(Tool.A_LIVE_SYSTEM)
final class CommandsIT {
    @TempDir
    Path state;

    @Test
    void helpNamesCommandsAndExitCodes() throws IOException, InterruptedException {
        Tool.Ran ran = Tool.run(state, 60, "--help");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(
                        "demo", "validate", "rehearse", "mirror", "report", "compare", "clean", "INCONCLUSIVE", "130");
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
    void compareSaysWhatGotWorseAndExitsByIt() throws IOException, InterruptedException {
        Path before = state.resolve("before.json");
        try (InputStream in = Objects.requireNonNull(CommandsIT.class.getResourceAsStream("/notes/baseline.json"))) {
            Files.copy(in, before);
        }
        Path after = Files.writeString(
                state.resolve("after.json"),
                Files.readString(before).replace("\"recovery\": 2000000000", "\"recovery\": 9000000000"));

        Tool.Ran same = Tool.run(state, 60, "compare", before.toString(), before.toString());
        Tool.Ran worse = Tool.run(state, 60, "compare", before.toString(), after.toString());
        Tool.Ran json = Tool.run(state, 60, "compare", "--json", before.toString(), after.toString());
        Tool.Ran wrong = Tool.run(state, 60, "compare", before.toString(), "no-such-run");

        assertThat(same.code()).as(same.err()).isZero();
        assertThat(same.out()).endsWith("B is no worse\n");
        assertThat(worse.code()).isEqualTo(1);
        assertThat(worse.out()).endsWith("B is worse: recovery\n");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.out()).contains("\"worse\" : true");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("no-such-run");
    }

    @Test
    void onGithubProblemsOfFilesBecomeAnnotations() throws IOException, InterruptedException {
        Path file = Files.writeString(state.resolve("a.yaml"), "scenario: a\npach: 1\n");

        Tool.Ran ran = Tool.run(state, 60, Map.of("GITHUB_ACTIONS", "true"), "rehearse", file.toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).contains("::error file=", "a.yaml,line=2,col=1,title=scenario::");
        assertThat(Tool.run(state, 60, "rehearse", file.toString()).out()).isEmpty();
    }

    @Test
    void aBaselineThatCantBeReadStartsNothing() throws IOException, InterruptedException {
        Path baseline = Files.writeString(state.resolve("run.json"), "{}");

        Tool.Ran ran = Tool.run(state, 60, "rehearse", "scenarios/shop/good.yaml", "--baseline", baseline.toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("run.json:1:1: error: is no run.json");
        assertThat(state.resolve("shadows")).doesNotExist();
    }

    @Test
    void aTopologyAloneIsAMistakeAndNoGoAhead() throws IOException, InterruptedException {
        Tool.Ran ran = Tool.run(state, 60, "rehearse", "scenarios/shop/topology/shop.yaml");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("shop.yaml:2:1: error: this is a topology, and there is no scenario to rehearse");
        assertThat(state.resolve("shadows")).doesNotExist();
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
