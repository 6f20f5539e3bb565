package dev.understudy.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespacesTest {
    @Test
    void aProgramsHomeIsWhatLiesAroundItsBinIfItsLibrariesDo(@TempDir Path home) throws IOException {
        Path programs = home.resolve("bin");

        assertThat(Namespaces.home(programs)).as("live's sockets may be there").isEqualTo(programs);
        Files.createDirectory(home.resolve("lib"));
        assertThat(Namespaces.home(programs)).isEqualTo(home);
        assertThat(Namespaces.home(home.resolve("tools"))).isEqualTo(home.resolve("tools"));
    }

    @Test
    void whatIsNotHiddenNeedsNoHome() {
        assertThat(Namespaces.home(Path.of("/usr/bin"))).isEqualTo(Path.of("/usr/bin"));
        assertThat(Namespaces.home(Path.of("/tmp/bin"))).as("never all of /tmp").isEqualTo(Path.of("/tmp/bin"));
    }

    @Test
    void onlyWhatLiesBelowIsHidden() {
        assertThat(Namespaces.isHidden(Path.of("/tmp/x"))).isTrue();
        assertThat(Namespaces.isHidden(Path.of("/tmp"))).isFalse();
        assertThat(Namespaces.isHidden(Path.of("/opt/x"))).isFalse();
    }
}
