package dev.understudy.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The tool as a user has it: the launcher on the packaged jars, in a process of its own.
final class Tool {
    /// Test classes run two at a time, those that rehearse one after the other: beside each other they would measure
    /// each other, and some share ports.
    static final String A_LIVE_SYSTEM = "a live system";

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Tool() {}

    /// What a command did.
    record Ran(int code, String out, String err) {}

    /// A command in the project's root, with a state directory of the test's own.
    static ProcessBuilder command(Path state, String... words) {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("understudy").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GITHUB_")); // a server that runs the tests gets nothing
        environment.put("UNDERSTUDY_STATE", state.toString());
        environment.put(
                "UNDERSTUDY_JAVA",
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put(
                "UNDERSTUDY_LIB", ROOT.resolve("cli/target/understudy/lib").toString());
        return builder;
    }

    /// Runs it to its end. @param seconds after which it counts as hanging
    static Ran run(Path state, long seconds, String... words) throws IOException, InterruptedException {
        return run(state, seconds, Map.of(), words);
    }

    /// The same with variables besides.
    static Ran run(Path state, long seconds, Map<String, String> variables, String... words)
            throws IOException, InterruptedException {
        Path out = state.resolve("out");
        Path err = state.resolve("err");
        ProcessBuilder builder = command(state, words);
        builder.environment().putAll(variables);
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(
                    "still running after " + seconds + " s: " + String.join(" ", words) + "\n" + read(err));
        }
        return new Ran(process.exitValue(), read(out), read(err));
    }

    static String read(Path file) throws IOException {
        return new String(java.nio.file.Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
