package dev.understudy.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @Test
    void unitsAddUp() {
        assertThat(Durations.parse("1h30m")).contains(Duration.ofMinutes(90));
        assertThat(Durations.parse("1y2w3d4h5m6s7ms"))
                .contains(Duration.ofDays(365 + 14 + 3)
                        .plusHours(4)
                        .plusMinutes(5)
                        .plusSeconds(6)
                        .plusMillis(7));
        assertThat(Durations.parse("0")).contains(Duration.ZERO);
        assertThat(Durations.parse("100y")).contains(Duration.ofDays(36_500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "m", "5 m", "1m1h", "1m1m", "1.5h", "-1m", "1h30", "101y", "99999999999999999999y"})
    void otherTextsAreNoDuration(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }
}
