package dev.understudy.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.rollback.PlanChecker.Executed;
import dev.understudy.scenario.RollbackProcedure;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCheckerTest {
    private static final RollbackProcedure PROCEDURE =
            Procedures.of(Procedures.revert("a", "a"), Procedures.revert("b", "b", "a"));

    private static List<String> check(Executed... executed) {
        return PlanChecker.check(PROCEDURE, List.of(executed));
    }

    @Test
    void stepMayBeginWhenItsNeedEnds() {
        assertThat(check(new Executed("a", 0, 10), new Executed("b", 10, 20))).isEmpty();
    }

    @Test
    void skippedStepsAreFine() {
        assertThat(check(new Executed("a", 0, 10))).isEmpty();
    }

    @Test
    void stepThatBeganTooEarlyIsNamed() {
        assertThat(check(new Executed("b", 9, 20), new Executed("a", 0, 10)))
                .containsExactly("'b' began 1 ns before 'a' ended, which it needs");
    }

    @Test
    void stepWithoutItsNeedIsNamed() {
        assertThat(check(new Executed("b", 0, 10))).containsExactly("'b' was executed without 'a', which it needs");
    }

    @Test
    void nonsenseIsNamed() {
        assertThat(check(new Executed("x", 5, 1), new Executed("a", 0, 1), new Executed("a", 2, 3)))
                .containsExactly(
                        "'x' is no step of the procedure", "'x' ended before it began", "'a' was executed twice");
    }
}
