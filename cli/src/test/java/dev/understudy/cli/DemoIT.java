package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The README's `demo`, typed as it stands there, in a directory that holds what a checkout holds for it.
///
/// The copy of the scenario lacks its last line, `optimize`: the three pairs take longer than everything else, and
/// the tests as a whole have eight minutes. Everything up to the verdict and after the pairs is what a newcomer
/// gets.
@Isolated("its figures are those of a machine that does nothing else")
final class DemoIT {
    private static final long LONGEST_SECONDS = 300;
    private static final long LARGEST_REPORT = 150_000;
    private static final String SCENARIO = "scenarios/shop/no-timeout.yaml";

    @TempDir
    Path checkout;

    @BeforeEach
    void needsNamespaces() {
        Needs.namespaces();
    }

    @Test
    void theReadmesDemoPrintsWhatItSaysAndLeavesNothingButItsReport() throws IOException, InterruptedException {
        ReadmeBlock block = ReadmeBlock.all().stream()
                .filter(each -> each.command().equals("demo"))
                .findFirst()
                .orElseThrow();
        checkout = checkout.toRealPath();
        copyWhatItNeeds();

        Process demo = type("./understudy " + block.command());
        boolean ended = demo.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            demo.destroy();
        }

        String progress = Tool.read(checkout.resolve("err"));
        assertThat(ended).as(progress).isTrue();
        assertThat(demo.exitValue()).as(progress).isZero();
        assertThat(withoutFigures(Tool.read(checkout.resolve("out"))))
                .as(progress + Tool.read(checkout.resolve("rehearsals/latest/summary.md")))
                .isEqualTo(withoutFigures(block.output()));
        assertThat(checkout.resolve("rehearsals/latest/report.html"))
                .isNotEmptyFile()
                .satisfies(report -> assertThat(Files.size(report)).isLessThanOrEqualTo(LARGEST_REPORT));
        assertThat(inside("state/shadows")).isEmpty();
        assertThat(inside("state/live")).isEmpty();
        assertThat(running()).isEmpty();
    }

    /// A run has a name and figures of its own.
    private static String withoutFigures(String output) {
        return output.replaceAll("[0-9.]+ m?s of", "TIME of")
                .replaceAll("[0-9]{8}-[0-9]{6}-([a-z-]+)-x[0-9a-f]+", "DATE-$1");
    }

    private Process type(String command) throws IOException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", "exec " + command).directory(checkout.toFile());
        shell.environment().putAll(Tool.command(checkout.resolve("state")).environment());
        return shell.redirectOutput(checkout.resolve("out").toFile())
                .redirectError(checkout.resolve("err").toFile())
                .start();
    }

    private void copyWhatItNeeds() throws IOException {
        copy("understudy");
        for (String directory :
                List.of("scenarios/shop/topology", "scenarios/shop/db", "scenarios/shop/target/shop/lib")) {
            try (Stream<Path> files = Files.list(Tool.ROOT.resolve(directory))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    copy(directory + "/" + file.getFileName());
                }
            }
        }
        String scenario = Files.readString(Tool.ROOT.resolve(SCENARIO));
        assertThat(scenario).endsWith("optimize: {pairs: 3, objective: recovery}\n");
        Files.writeString(checkout.resolve(SCENARIO), scenario.substring(0, scenario.lastIndexOf("optimize:")));
    }

    private void copy(String file) throws IOException {
        Path to = checkout.resolve(file);
        Files.createDirectories(to.getParent());
        Files.copy(Tool.ROOT.resolve(file), to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    private List<Path> inside(String directory) throws IOException {
        Path kept = checkout.resolve(directory);
        if (Files.notExists(kept)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(kept)) {
            return all.toList();
        }
    }

    /// Processes that were started from the checkout or work in it, by what they run.
    private List<String> running() {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().commandLine().orElse("").contains(checkout.toString()) || worksIn(process.pid()))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .toList();
    }

    private boolean worksIn(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
                    .startsWith(checkout);
        } catch (IOException ended) {
            return false;
        }
    }
}
