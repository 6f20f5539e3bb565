package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A live system that is not the shop: two services in Perl, a directory instead of a database, recorded traffic,
/// written from the
/// published format alone.
@ResourceLock(Tool.A_LIVE_SYSTEM)
final class OwnTopologyIT {
    private static final String SECRET = "hunter2";

    @TempDir
    Path directory;

    @BeforeEach
    void needsPerlAndNamespaces() {
        Needs.perl();
        Needs.namespaces();
    }

    @Test
    void anotherTopologyRehearsesUnchangedAndIsJudgedAgainToTheSameBytes() throws IOException, InterruptedException {
        Path notes = NotesLive.files(Files.createDirectory(directory.resolve("notes")), 60);
        withSecrets(notes);

        Tool.Ran ran = Tool.run(
                directory,
                240,
                "rehearse",
                notes.resolve("scenario.yaml").toString(),
                "--baseline",
                notes.resolve("baseline.json").toString(),
                "--out",
                directory.resolve("runs").toString());

        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out().lines().toList().getLast()).startsWith("GO ");
        Path run = directory.resolve("runs/latest").toRealPath();
        assertThat(List.of("suite.json", "suite.html", "junit.xml", "summary.md", "hazards.sarif", "metrics.txt"))
                .allSatisfy(name -> assertThat(run.resolve(name)).isNotEmptyFile());
        assertThat(run.resolve("report.html")).content().contains("id=\"compared\"", "20261101-080000-notes-2.0-x0001");
        assertThat(run.resolve("metrics.txt")).content().contains("understudy_lost_writes{scenario=\"notes-2.0\"} 0");
        assertThat(ran.out()).contains("A: 20261101-080000-notes-2.0-x0001");
        assertThat(Tool.run(directory, 60, "compare", run.toString(), run.toString())
                        .code())
                .isZero();
        byte[] report = Files.readAllBytes(run.resolve("report.html"));
        Tool.Ran again = Tool.run(directory, 60, "report", run.toString());
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Files.readAllBytes(run.resolve("report.html"))).isEqualTo(report);
        assertThat(Tool.run(directory, 60, "clean").out()).isEqualTo("nothing is left\n");
        assertThat(ran.out() + ran.err()).doesNotContain(SECRET);
        assertThat(run.resolve("journal.jsonl")).content().contains("echo --token=#");
        holdsNoSecret(run);
    }

    /// Secrets where a topology and a scenario can have them: arguments, an address, variables, a step.
    private static void withSecrets(Path notes) throws IOException {
        edit(
                notes.resolve("topology.yaml"),
                "[perl, front.pl]",
                "[perl, front.pl, --password=" + SECRET + ", --key, " + SECRET + ", \"https://me:" + SECRET
                        + "@x.invalid\"]");
        edit(notes.resolve("topology.yaml"), "environment: {", "environment: {WORD: " + SECRET + ", ");
        edit(
                notes.resolve("scenario.yaml"),
                "    - {id: store, revert: store}",
                "    - {id: store, revert: store}\n    - {id: tell, command: [echo, --token=" + SECRET + "]}");
    }

    private static void edit(Path file, String old, String now) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, now));
    }

    private static void holdsNoSecret(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(SECRET);
            }
        }
    }
}
