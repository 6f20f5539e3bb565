package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The tutorial, typed as it stands there.
@ResourceLock(Tool.A_LIVE_SYSTEM)
final class TutorialIT {
    private static final String THEIRS = "/tmp/notes";

    @TempDir
    Path directory;

    @Test
    void everyCommandOfTheTutorialDoesWhatItSays() throws IOException, InterruptedException {
        Needs.perl();
        Needs.namespaces();
        Path notes = directory.resolve("notes");

        for (DocsPage.Block block : DocsPage.of(DocsPage.DOCS.resolve("tutorial/first-rehearsal.md"))
                .blocks()) {
            switch (block.kind()) {
                case "yaml" -> written(notes, block.text());
                case "console" -> {
                    for (DocsPage.Typed typed : DocsPage.typed(block.text())) {
                        typed(notes, typed);
                    }
                }
                default -> throw new AssertionError("a block of kind " + block.kind());
            }
        }
    }

    /// A file that is shown is there already, or the reader writes it.
    private static void written(Path notes, String yaml) throws IOException {
        int end = yaml.indexOf('\n');
        Path file = notes.resolve(yaml.substring(2, end));
        String text = yaml.substring(end + 1);
        if (Files.exists(file)) {
            assertThat(file).content().isEqualTo(text);
        } else {
            Files.writeString(file, text);
        }
    }

    private void typed(Path notes, DocsPage.Typed typed) throws IOException, InterruptedException {
        if (typed.command().equals("cd " + THEIRS)) {
            assertThat(notes).isDirectory();
            return;
        }
        boolean ours = typed.command().startsWith("understudy ");
        Path in = Files.isDirectory(notes) ? notes : Tool.ROOT;
        ProcessBuilder builder = ours
                ? Tool.command(
                        directory,
                        typed.command().substring("understudy ".length()).split(" "))
                : new ProcessBuilder("sh", "-c", typed.command().replace(THEIRS, notes.toString()));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = builder.directory(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(600, TimeUnit.SECONDS)).as(typed.command()).isTrue();
        String all = typed.command() + "\n" + Tool.read(out) + Tool.read(err);
        int code = List.of(typed.output().split(" ")).getFirst().equals("NO_GO") ? 1 : 0;
        assertThat(process.exitValue()).as(all).isEqualTo(code);
        assertThat(typed.isLike(Tool.read(out))).as(all).isTrue();
    }
}
