package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A live system that is not the shop: two services in Perl, a directory instead of a database, recorded traffic,
/// written from the
/// published format alone.
final class OwnTopologyIT {
    @TempDir
    Path directory;

    @BeforeEach
    void needsPerlAndNamespaces() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "no Perl here");
        assumeTrue("root".equals(System.getProperty("user.name")), "namespaces need root");
    }

    @Test
    void anotherTopologyRehearsesUnchangedAndIsJudgedAgainToTheSameBytes() throws IOException, InterruptedException {
        Path notes = NotesLive.files(Files.createDirectory(directory.resolve("notes")), 60);

        Tool.Ran ran = Tool.run(
                directory,
                240,
                "rehearse",
                notes.resolve("scenario.yaml").toString(),
                "--out",
                directory.resolve("runs").toString());

        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).startsWith("GO ");
        Path run = directory.resolve("runs/latest").toRealPath();
        assertThat(run.resolve("junit.xml")).exists();
        byte[] report = Files.readAllBytes(run.resolve("report.html"));
        Tool.Ran again = Tool.run(directory, 60, "report", run.toString());
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Files.readAllBytes(run.resolve("report.html"))).isEqualTo(report);
        assertThat(Tool.run(directory, 60, "clean").out()).isEqualTo("nothing is left\n");
    }
}
