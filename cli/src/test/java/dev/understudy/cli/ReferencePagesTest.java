package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reference is what the tool itself says. With `-Dreference=write` the pages are written instead.
final class ReferencePagesTest {
    private static final Map<String, Supplier<String>> PAGES = Map.of(
            "commands.md",
            CommandsPage::text,
            "scenario.md",
            LanguagePage::scenario,
            "topology.md",
            LanguagePage::topology);

    @ParameterizedTest
    @ValueSource(strings = {"commands.md", "scenario.md", "topology.md"})
    void everyPageIsWhatTheToolSays(String name) throws IOException {
        Path page = DocsPage.DOCS.resolve("reference").resolve(name);
        String text = PAGES.get(name).get();
        if ("write".equals(System.getProperty("reference"))) {
            Files.writeString(page, text);
        }

        assertThat(page).content().isEqualTo(text);
    }
}
