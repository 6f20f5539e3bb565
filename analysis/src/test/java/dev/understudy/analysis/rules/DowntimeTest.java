package dev.understudy.analysis.rules;

import static dev.understudy.analysis.rules.Rules.MS;
import static dev.understudy.analysis.rules.Rules.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DowntimeTest {

    @Test
    void slotIsDownOnlyIfEveryExchangeInItFailed() {
        List<Timing> timings = List.of(
                Timing.of(10 * MS, 20 * MS, true),
                Timing.of(50 * MS, 900 * MS, true),
                Timing.of(110 * MS, 120 * MS, true),
                Timing.of(120 * MS, 130 * MS, false));

        assertThat(Downtime.of(timings, 0, 200 * MS)).isEqualTo(new Downtime(100 * MS, 100 * MS));
    }

    @Test
    void probesFillGapsAndNeverOutweighUsers() {
        List<Timing> timings = List.of(
                Timing.of(10 * MS, 20 * MS, true),
                Timing.ofProbe(20 * MS, 21 * MS, false),
                Timing.ofProbe(120 * MS, 121 * MS, true),
                Timing.ofProbe(220 * MS, 221 * MS, false),
                Timing.of(310 * MS, 320 * MS, false),
                Timing.ofProbe(320 * MS, 321 * MS, true));

        assertThat(Downtime.of(timings, 0, 400 * MS)).isEqualTo(new Downtime(200 * MS, 200 * MS));
    }

    @Test
    void slotWithoutAnythingIsLikeTheOneBefore() {
        List<Timing> timings = List.of(
                Timing.of(0, MS, true), Timing.of(300 * MS, 301 * MS, false), Timing.of(500 * MS, 501 * MS, true));

        assertThat(Downtime.of(timings, 0, SECOND)).isEqualTo(new Downtime(800 * MS, 500 * MS));
    }

    @Test
    void spreadIsTheLargestDifferenceOfMediansAboveFiveMilliseconds() {
        List<Timing> control = new ArrayList<>();
        List<Timing> candidate = new ArrayList<>();
        for (long at = 0; at < 20 * SECOND; at += 20 * MS) {
            boolean isLate = at >= 10 * SECOND;
            control.add(Timing.of(at, at + 40 * MS, false));
            candidate.add(Timing.of(at, at + (isLate ? 50 : 43) * MS, false));
        }

        assertThat(P50Spread.of(control, candidate, Duration.ofSeconds(5))).isEqualTo(0.25);
        assertThat(P50Spread.of(control, control, Duration.ofSeconds(5))).isZero();
        assertThat(P50Spread.of(List.of(), List.of(), Duration.ofSeconds(5))).isZero();
    }
}
