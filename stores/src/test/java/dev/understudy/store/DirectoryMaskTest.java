package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.scenario.Mask;
import dev.understudy.scenario.Mask.Replacement;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryMaskTest {
    private static final MaskKey KEY = new MaskKey("a secret");

    @TempDir
    Path directory;

    @BeforeEach
    void someFiles() throws IOException {
        Files.createDirectories(directory.resolve("scans/deep"));
        Files.writeString(directory.resolve("scans/deep/1.png"), "picture");
        Files.writeString(
                directory.resolve("1.json"), "{\"customer\":{\"email\":\"a@b.example\",\"n\":17},\"x\":[1.50,null]}");
        Files.writeString(directory.resolve("2.json"), "{\"customer\":{\"email\":\"a@b.example\"}}");
        Files.writeString(directory.resolve("3.json"), "{\"other\":true}");
        Files.writeString(directory.resolve("bad.txt"), "no JSON");
    }

    private static Mask mask(String glob, Optional<String> pointer, Replacement by) {
        return new Mask(new Place("s.yaml", 7, 5), "orders", new Mask.Target.InFiles(glob, pointer), by);
    }

    private void apply(Mask... masks) {
        new DirectoryMask(directory, KEY).apply(List.of(masks));
    }

    @Test
    void valuesAreReplacedWhereTheyAreAndEqualOnesStayEqual() throws IOException {
        apply(
                mask("*.json", Optional.of("/customer/email"), new Replacement.Hash()),
                mask("*.json", Optional.of("/customer/n"), new Replacement.Hash()),
                mask("scans/**", Optional.empty(), new Replacement.Nothing()));

        String token = KEY.token("a@b.example");
        assertThat(directory.resolve("1.json"))
                .hasContent("{\"customer\":{\"email\":\"" + token + "\",\"n\":" + (KEY.number("17") >>> 11)
                        + "},\"x\":[1.50,null]}");
        assertThat(directory.resolve("2.json")).hasContent("{\"customer\":{\"email\":\"" + token + "\"}}");
        assertThat(directory.resolve("3.json")).hasContent("{\"other\":true}");
        assertThat(directory.resolve("scans/deep/1.png")).doesNotExist();
    }

    @Test
    void aMaskThatMeetsNothingIsNamedAtItsPlace() {
        assertThatThrownBy(() -> apply(mask("*.xml", Optional.empty(), new Replacement.Nothing())))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("s.yaml:7:5: error: no file of 'orders' matches '*.xml'");
        assertThatThrownBy(() -> apply(mask("*.json", Optional.of("/mail"), new Replacement.Hash())))
                .hasMessageContaining("none of the 3 files of 'orders' that match '*.json' has a value at /mail");
        assertThatThrownBy(() -> apply(mask("*.txt", Optional.of("/mail"), new Replacement.Hash())))
                .hasMessageContaining("the file 'bad.txt' of 'orders' is not JSON");
    }

    /// The traffic's redaction makes the same of the same under one secret: its own test has this vector too.
    @Test
    void aTokenIsWhatTheRedactionOfTrafficMakes() {
        assertThat(KEY.token("a@b.example")).isEqualTo("REDACTED-e263938e871cb5e4");
    }
}
