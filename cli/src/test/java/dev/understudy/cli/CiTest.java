package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiTest {
    @TempDir
    Path directory;

    @Test
    void withoutAServerNothingIsToldButFiles() {
        Ci ci = Ci.of(Map.of("GITHUB_ACTIONS", "false", "GITHUB_STEP_SUMMARY", " "), directory);

        assertThat(ci.annotates()).isFalse();
        assertThat(ci.stepSummary()).isEmpty();
    }

    @Test
    void summariesAreAppendedToWhatStepsBeforeWrote() throws IOException {
        Path page = Files.writeString(directory.resolve("page.md"), "before\n");
        Ci ci = Ci.of(Map.of("GITHUB_STEP_SUMMARY", page.toString()), directory);

        ci.summarize("## one\n");
        ci.summarize("## two\n");

        assertThat(page).hasContent("before\n## one\n## two\n");
    }

    @Test
    void aSummaryThatCantBeAppendedFailsNothing() {
        Ci ci = Ci.of(
                Map.of(
                        "GITHUB_STEP_SUMMARY",
                        directory.resolve("no/such/page.md").toString()),
                directory);

        ci.summarize("## one\n");

        assertThat(directory.resolve("no")).doesNotExist();
    }

    @Test
    void filesAreNamedFromTheRootOfTheRepository() throws IOException {
        Path work = Files.createDirectories(directory.resolve("work/sub"));
        Files.createDirectory(directory.resolve("work/.git"));
        String file = work.resolve("../sub/a.yaml").toString();

        assertThat(Ci.of(Map.of(), work).inRepository(file)).isEqualTo("sub/a.yaml");
        assertThat(Ci.of(Map.of("GITHUB_WORKSPACE", directory.toString()), work).inRepository(file))
                .isEqualTo("work/sub/a.yaml");
        assertThat(Ci.of(Map.of("CI_PROJECT_DIR", directory.resolve("elsewhere").toString()), work)
                        .inRepository(file))
                .isEqualTo("sub/a.yaml");
        assertThat(Ci.of(Map.of(), work).inRepository("/etc/a.yaml")).isEqualTo("/etc/a.yaml");
    }
}
