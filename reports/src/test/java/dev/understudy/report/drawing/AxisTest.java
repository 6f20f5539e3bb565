package dev.understudy.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void ticksAreRoundAndInsideTheScale() {
        assertThat(new Axis(0, 31.5, 0, 100).ticks(8)).containsExactly(0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0);
        assertThat(new Axis(-16, 46, 0, 100).ticks(8)).containsExactly(-10.0, 0.0, 10.0, 20.0, 30.0, 40.0);
    }

    @Test
    void longTimesAreDividedByMinutes() {
        assertThat(new Axis(0, 600e9, 0, 100).timeTicks(8)).containsExactly(0.0, 120e9, 240e9, 360e9, 480e9, 600e9);
    }

    @Test
    void aScaleWithoutLengthHasOneTickAndOnePlace() {
        assertThat(new Axis(5, 5, 0, 100).ticks(8)).containsExactly(5.0);
        assertThat(new Axis(5, 5, 0, 100).at(7.0)).isZero();
    }
}
