package dev.understudy.links;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GateTest {
    private long delay = 100;
    private final Gate gate = new Gate(() -> delay);

    @Test
    void everyTurnHasItsOwnAbsoluteDeadline() {
        Turn first = gate.enter(0, 1000);
        Turn second = gate.enter(50, 1030);

        assertThat(gate.passable(1099)).isZero();
        assertThat(gate.due()).isEqualTo(1100);
        assertThat(gate.passable(1101)).isEqualTo(50);
        assertThat(gate.due()).isEqualTo(1130);
        assertThat(gate.passable(1130)).isEqualTo(Gate.NEVER);

        assertThat(first.added()).isEqualTo(101);
        assertThat(second.added()).isEqualTo(100);
    }

    @Test
    void shorterDelayAppliesToWhatIsHeldAndLongerDoesNot() {
        gate.enter(0, 1000);
        delay = 40;
        assertThat(gate.due()).isEqualTo(1040);
        delay = 5000;
        assertThat(gate.due()).isEqualTo(1100);
        delay = 0;
        assertThat(gate.passable(1001)).isEqualTo(Gate.NEVER);
    }

    @Test
    void undelayedTurnNeverOvertakesAHeldOne() {
        gate.enter(0, 1000);
        delay = 0;
        Turn later = gate.enter(10, 1010);
        delay = 100;
        assertThat(gate.passable(1050)).isZero();
        assertThat(gate.passable(1100)).isEqualTo(Gate.NEVER);
        assertThat(later.added()).isEqualTo(90);
    }

    @Test
    void nothingIsHeldWithoutADelay() {
        delay = 0;
        Turn turn = gate.enter(0, 1000);
        assertThat(gate.due()).isEqualTo(Gate.NEVER);
        assertThat(gate.passable(1000)).isEqualTo(Gate.NEVER);
        assertThat(turn.added()).isZero();
    }
}
