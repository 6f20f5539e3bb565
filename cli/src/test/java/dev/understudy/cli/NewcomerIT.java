package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.journal.Event;
import dev.understudy.journal.JournalWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What somebody types who doesn't know the tool yet, on the packaged jars; nothing is rehearsed.
final class NewcomerIT {
    private static final String SHOP = "scenarios/shop/topology/shop.yaml";
    private static final String GOOD = "scenarios/shop/good.yaml";

    @TempDir
    Path state;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init",
                "validate",
                "plan",
                "rehearse",
                "optimize",
                "shadow",
                "report",
                "doctor",
                "schema",
                "explain",
                "completion"
            })
    void everyCommandTellsItsExitCodes(String command) throws IOException, InterruptedException {
        Tool.Ran ran = Tool.run(state, 60, command, "--help");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("Usage: understudy " + command, "Exit codes:", " 0 ", " 2 ");
    }

    @Test
    void initWritesAScenarioThatIsSoundWithoutAnEdit() throws IOException, InterruptedException {
        Path first = state.resolve("first.yaml");

        Tool.Ran init = Tool.run(state, 60, "init", SHOP, "--out", first.toString());
        Tool.Ran validate = Tool.run(state, 60, "validate", first.toString());

        assertThat(init.code()).as(init.err()).isZero();
        assertThat(init.out()).contains("wrote " + first, "next:  understudy rehearse " + first);
        assertThat(validate.out()).isEqualTo("1 file is sound\n");
        assertThat(first).content().startsWith("# yaml-language-server: $schema=./scenario.schema.json\n");
        assertThat(state.resolve("scenario.schema.json"))
                .content()
                .isEqualTo(Tool.run(state, 60, "schema").out());
    }

    @Test
    void initOverwritesNothingUnlessTold() throws IOException, InterruptedException {
        Path first = Files.writeString(state.resolve("first.yaml"), "mine\n");

        Tool.Ran refused = Tool.run(state, 60, "init", SHOP, "--out", first.toString());

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(first + "", "is there already");
        assertThat(first).hasContent("mine");
        assertThat(state.resolve("scenario.schema.json")).doesNotExist();
        assertThat(Tool.run(state, 60, "init", SHOP, "--out", first.toString(), "--force")
                        .code())
                .isZero();
        assertThat(first).content().startsWith("# yaml-language-server");
    }

    @Test
    void initOfAnythingButATopologyIsRefused() throws IOException, InterruptedException {
        String out = state.resolve("first.yaml").toString();

        assertThat(Tool.run(state, 60, "init", GOOD, "--out", out).err()).contains("this is a scenario");
        assertThat(Tool.run(state, 60, "init", "no-such.yaml", "--out", out).code())
                .isEqualTo(2);
        assertThat(Path.of(out)).doesNotExist();
    }

    @Test
    void theSchemasAreJson() throws IOException, InterruptedException {
        JsonNode scenario =
                JsonMapper.shared().readTree(Tool.run(state, 60, "schema").out());
        JsonNode topology = JsonMapper.shared()
                .readTree(Tool.run(state, 60, "schema", "--topology").out());

        assertThat(scenario.at("/definitions/deviation/properties/kind/enum").toString())
                .contains("latency");
        assertThat(topology.at("/properties/entry").isObject()).isTrue();
    }

    @Test
    void explainTellsOfAKeyAndOfWhatAMisspeltOneWasMeantToBe() throws IOException, InterruptedException {
        Tool.Ran http = Tool.run(state, 60, "explain", "rollback.steps.http");
        Tool.Ran profile = Tool.run(state, 60, "explain", "deviations.profile");
        Tool.Ran wrong = Tool.run(state, 60, "explain", "rollback.stps");

        assertThat(http.code()).isZero();
        assertThat(http.out()).startsWith("rollback.steps.http: mapping\n").contains("example  http: {post: ");
        assertThat(profile.out()).contains("default  step", "allowed  step");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).contains("no key 'stps' below 'rollback'", "Maybe 'steps'.");
        assertThat(Tool.run(state, 60, "explain").out()).contains("* scenario", "* topology");
    }

    @Test
    void thePlanOfAScenarioIsTheSameByteForByteAndStartsNothing() throws IOException, InterruptedException {
        Tool.Ran first = Tool.run(state, 60, "plan", GOOD);
        Tool.Ran second = Tool.run(state, 60, "plan", GOOD);

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(first.out())
                .contains("seed 42", "orders in a pause of at most 300ms", "latency of orders->payments", "wave 1");
        assertThat(first.err()).contains("time:", "memory:", "disk:");
        assertThat(Tool.run(state, 60, "plan", GOOD, "--seed", "7").out()).contains("seed 7");
        assertThat(state.resolve("shadows")).doesNotExist();
        assertThat(state.resolve("live")).doesNotExist();
    }

    @Test
    void theDoctorSaysTheSameInTextAndJson() throws IOException, InterruptedException {
        Tool.Ran text = Tool.run(state, 120, "doctor", GOOD);
        Tool.Ran json = Tool.run(state, 120, "doctor", GOOD, "--json");

        JsonNode read = JsonMapper.shared().readTree(json.out());
        boolean usable = read.path("usable").asBoolean();
        assertThat(json.code()).as(json.out()).isEqualTo(usable ? 0 : 4);
        assertThat(text.out())
                .contains("java ", "namespaces ", "postgresql ", "memory ", " needed", "port 18082")
                .endsWith(usable ? "one can rehearse here\n" : "one can't rehearse here\n");
        assertThat(read.path("findings")
                        .valueStream()
                        .map(one -> one.path("state").asString()))
                .isSubsetOf("ok", "limited", "missing")
                .hasSizeGreaterThan(10);
    }

    /// As it is on macOS: no /proc. Java's own libraries are then found through a variable.
    @ParameterizedTest
    @ValueSource(strings = {"doctor", "rehearse " + GOOD, "demo", "shadow up " + GOOD})
    void whereThereIsNoLinuxTheDoctorAndTheCommandsThatNeedItSaySo(String typed)
            throws IOException, InterruptedException {
        Needs.root("hiding /proc");
        ProcessBuilder builder = Tool.command(state, typed.split(" "));
        List<String> hidden =
                new ArrayList<>(List.of("unshare", "-m", "sh", "-c", "mount -t tmpfs none /proc && exec \"$@\"", "sh"));
        hidden.addAll(builder.command());
        if (typed.startsWith("rehearse")) {
            hidden.addAll(List.of("--out", state.resolve("rehearsals").toString()));
        }
        builder.environment()
                .put(
                        "LD_LIBRARY_PATH",
                        Path.of(System.getProperty("java.home"), "lib").toString());
        Path said = state.resolve("said");

        Process process = builder.command(hidden)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Tool.read(said)).isEqualTo(ExitCode.ENVIRONMENT.code());
        assertThat(said).content().contains("through Linux's /proc and namespaces", "in a virtual machine with it");
    }

    @Test
    void theCompletionScriptIsSoundBash() throws IOException, InterruptedException {
        Path script = state.resolve("completion.bash");
        Files.writeString(script, Tool.run(state, 60, "completion").out());

        Process bash =
                new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();

        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        assertThat(script).content().contains("rehearse", "--no-optimize", "explain");
    }

    @Test
    void optimizePredictsFromRecordedRunsAtTheWorstOfEachStep() throws IOException, InterruptedException {
        Path fast = recorded("fast", 1, 2);
        Path slow = recorded("slow", 2, 3);

        Tool.Ran one = Tool.run(state, 60, "optimize", fast.toString());
        Tool.Ran both = Tool.run(state, 60, "optimize", fast.toString(), slow.toString());

        assertThat(one.code()).as(one.err()).isZero();
        assertThat(one.err()).contains("predicted 2.00 s instead of 3.00 s", "n = 1");
        assertThat(both.err()).contains("predicted 3.00 s instead of 5.00 s", "n = 2");
        assertThat(both.out()).contains("# Predicted, not proven", "rollback:\n", "order: ready", "id: orders");
    }

    @Test
    void optimizeRefusesARunWhoseStepsWereNotAllMeasured() throws IOException, InterruptedException {
        Tool.Ran ran = Tool.run(state, 60, "optimize", recorded("half", 1, -1).toString());

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err()).contains("measured no time of: payments");
    }

    /// The record of a run whose two steps took so many seconds, one after the other; a negative one was
    /// skipped.
    private Path recorded(String name, int orders, int payments) throws IOException {
        Path run = Files.createDirectory(state.resolve(name));
        try (JournalWriter journal = JournalWriter.create(run)) {
            journal.record(
                    0,
                    new Event.RunStarted(
                            Event.SCHEMA,
                            name,
                            "0",
                            "",
                            "s.yaml",
                            1,
                            sources(),
                            Map.of(),
                            "understudy rehearse s.yaml"));
            step(journal, "orders", 10, orders);
            step(journal, "payments", 10 + orders, payments);
        }
        return run;
    }

    private static void step(JournalWriter journal, String step, long at, int seconds) {
        journal.record(at * 1_000_000_000L, new Event.StepBegan(1, step, 1, "revert " + step));
        journal.record(
                (at + Math.max(0, seconds)) * 1_000_000_000L,
                new Event.StepEnded(1, step, 1, seconds < 0 ? "skipped" : "done", 0, ""));
    }

    private static List<Event.SourceText> sources() {
        return List.of(new Event.SourceText("s.yaml", "", """
                        scenario: s
                        live: {topology: t.yaml}
                        traffic: {from: {capture: day.jsonl}}
                        change: [{service: orders, version: "2"}]
                        stability: [{id: errors, metric: error-rate, service: orders, max: 2%, for: 2s}]
                        rollback:
                          budget: {recovery: 30s}
                          steps: [{id: orders, revert: orders}, {id: payments, revert: payments}]
                        """), new Event.SourceText("t.yaml", "", """
                        topology: t
                        entry: orders
                        services:
                          orders: {at: "127.0.0.1:2", version: "1", versions: {"1": {command: [a]}, "2": {command: [b]}}}
                          payments: {at: "127.0.0.1:3", version: "1", versions: {"1": {command: [c]}}}
                        """));
    }
}
