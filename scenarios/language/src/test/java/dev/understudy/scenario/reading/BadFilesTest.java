package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadFilesTest {
    static Stream<BadFile> badFiles() {
        return BadFile.all();
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void oneMistakeGivesOneProblemAtItsPlace(BadFile file) {
        assertThat(file.problemsFound()).isEqualTo(file.problem());
    }

    @Test
    void theTableIsLarge() {
        assertThat(BadFile.all().filter(file -> file.level().equals("structure")))
                .hasSizeGreaterThanOrEqualTo(200);
    }
}
