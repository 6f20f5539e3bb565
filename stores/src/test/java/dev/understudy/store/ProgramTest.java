package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void noSecretOfACommandIsInWhatIsSaidOfItsFailure() {
        List<String> command = List.of(
                "sh", "-c", "echo login token=hunter2 failed; exit 3", "--password=hunter2", "ftp://a:hunter2@b");

        assertThatThrownBy(() -> Program.require(command, SOON))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("exit code 3: login token=#f52fbd32 failed")
                .hasMessageContaining("--password=#f52fbd32")
                .message()
                .doesNotContain("hunter2");
        assertThatThrownBy(() -> Program.run(List.of("no-such-program", "--key", "hunter2"), SOON))
                .isInstanceOf(EnvironmentException.class)
                .message()
                .contains("no-such-program --key #f52fbd32")
                .doesNotContain("hunter2");
    }

    @Test
    void allThatIsPrintedComesBackAndNothingThatIsOnlySaid() {
        String text = Program.printed(List.of("sh", "-c", "echo warning >&2; seq 1 5000"), SOON);

        assertThat(text.lines()).hasSize(5000).first().isEqualTo("1");
        assertThatThrownBy(() -> Program.printed(List.of("sh", "-c", "echo half; echo no disk >&2; exit 2"), SOON))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("exit code 2: no disk");
    }
}
