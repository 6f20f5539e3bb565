package dev.understudy.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespacesTest {
    @ParameterizedTest
    @CsvSource({
        "/tmp/jdk/bin, /tmp/jdk",
        "/run/current-system/sw/bin, /run/current-system/sw",
        "/tmp/tools, /tmp/tools",
        "/usr/bin, /usr/bin",
        // all of /tmp would be there again
        "/tmp/bin, /tmp/bin",
        "/dev/shm/bin, /dev/shm/bin"
    })
    void aProgramsHomeIsWhatLiesAroundItsBinButNeverAllThatIsHidden(Path programs, Path home) {
        assertThat(Namespaces.home(programs)).isEqualTo(home);
    }

    @Test
    void onlyWhatLiesBelowIsHidden() {
        assertThat(Namespaces.isHidden(Path.of("/tmp/x"))).isTrue();
        assertThat(Namespaces.isHidden(Path.of("/tmp"))).isFalse();
        assertThat(Namespaces.isHidden(Path.of("/opt/x"))).isFalse();
    }
}
