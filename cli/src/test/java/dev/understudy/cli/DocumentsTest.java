package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the documents name exists.
final class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern PATH = Pattern.compile("`([a-zA-Z-]+(?:/[a-zA-Z0-9_.-]+)+)`");

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"})
    void everyFileThatADocumentNamesExists(String document) throws IOException {
        String text = Files.readString(ROOT.resolve(document));
        String built = text.contains("Rooms that the design names")
                ? text.substring(0, text.indexOf("Rooms that the design names"))
                : text;

        List<String> named = PATH.matcher(built)
                .results()
                .map(MatchResult::group)
                .map(path -> path.replace("`", ""))
                .toList();

        assertThat(named.stream()
                        .filter(path -> !path.contains("/X")
                                && !path.contains("NNN")
                                && !path.startsWith("rehearsals/")
                                && !path.startsWith("docs/designs"))
                        .filter(path -> !isKept(ROOT.resolve(path))))
                .isEmpty();
    }

    // a clone has no empty folders, so here they don't count either
    private static boolean isKept(Path path) {
        String[] inside = path.toFile().list();
        return Files.isRegularFile(path) || (inside != null && inside.length > 0);
    }

    @Test
    void theDocumentsOfANewcomerExist() {
        assertThat(List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"))
                .allMatch(name -> Files.exists(ROOT.resolve(name)));
    }
}
