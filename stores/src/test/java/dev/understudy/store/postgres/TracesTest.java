package dev.understudy.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
    private static final int WINDOW = 1 << 20;
    private static final String NAME = "ann.smith@example.com";

    @TempDir
    Path directory;

    private void file(int before, String text) throws IOException {
        byte[] bytes = new byte[before + text.getBytes(UTF_8).length + 3];
        System.arraycopy(text.getBytes(UTF_8), 0, bytes, before, text.getBytes(UTF_8).length);
        Files.write(Files.createDirectories(directory.resolve("base")).resolve("1"), bytes);
    }

    @Test
    void aTextIsFoundWhereverItStands() throws IOException {
        for (int before :
                new int[] {0, 1, WINDOW - 530, WINDOW - 512, WINDOW - 511, WINDOW - 5, WINDOW, 3 * WINDOW - 9}) {
            file(before, NAME);

            assertThat(new Traces(List.of(NAME)).in(directory))
                    .as("after " + before + " bytes")
                    .isEqualTo(Map.of(Path.of("base/1"), Set.of(NAME)));
        }
    }

    @Test
    void ofALongTextTheBeginningIsLookedForAsFarAsItIsWholeCharacters() throws IOException {
        String text = "x" + "\u00e4".repeat(400);
        file(7, text.substring(0, 300));

        assertThat(new Traces(List.of(text)).in(directory))
                .isEqualTo(Map.of(Path.of("base/1"), Set.of("x" + "\u00e4".repeat(255))));
    }

    @Test
    void whatOnlyBeginsAlikeIsNone() throws IOException {
        file(0, "ann.smith@example.org");

        assertThat(new Traces(List.of(NAME, "other.text")).in(directory)).isEmpty();
        assertThat(new Traces(List.of()).in(directory)).isEmpty();
    }
}
