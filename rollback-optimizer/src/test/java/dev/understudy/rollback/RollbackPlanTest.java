package dev.understudy.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.RollbackProcedure.Order;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollbackPlanTest {

    @Test
    void writtenPlanRunsOneStepAtATime() {
        RollbackPlan plan = RollbackPlan.written(Procedures.example());
        assertThat(plan.name()).isEqualTo("written");
        assertThat(plan.order()).containsExactly("drain", "orders", "schema", "catalogue", "undrain");
        assertThat(plan.waitsFor("drain")).isEmpty();
        assertThat(plan.waitsFor("catalogue")).containsExactly("schema");
        assertThat(plan.waitsFor("undrain")).containsExactly("orders", "schema", "catalogue");
    }

    @Test
    void readyPlanWaitsForNeedsOnly() {
        RollbackPlan plan = RollbackPlan.ready(Procedures.example());
        assertThat(plan.order()).containsExactly("drain", "orders", "schema", "catalogue", "undrain");
        assertThat(plan.waitsFor("catalogue")).isEmpty();
        assertThat(plan.waitsFor("schema")).containsExactly("orders");
    }

    @Test
    void configuredPlanIsTheOneAskedFor() {
        RollbackProcedure written = Procedures.example();
        RollbackProcedure ready = Procedures.of(Order.READY, written.steps());
        assertThat(RollbackPlan.configured(written)).isEqualTo(RollbackPlan.written(written));
        assertThat(RollbackPlan.configured(ready)).isEqualTo(RollbackPlan.ready(written));
    }

    @Test
    void needsWinAgainstTheOrderWrittenAndTheNameSaysSo() {
        RollbackPlan plan = RollbackPlan.written(Procedures.of(
                Procedures.revert("a", "a", "c"), Procedures.revert("b", "b"), Procedures.revert("c", "c")));
        assertThat(plan.name()).isEqualTo("written, but needs first");
        assertThat(plan.order()).containsExactly("b", "c", "a");
    }

    @Test
    void needsInACircleAreNamed() {
        RollbackProcedure circle = Procedures.of(Procedures.revert("a", "a", "b"), Procedures.revert("b", "b", "a"));
        assertThatThrownBy(() -> RollbackPlan.written(circle))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[a, b]");
    }

    @Test
    void unknownNeedIsNamed() {
        RollbackProcedure unknown = Procedures.of(Procedures.revert("a", "a", "x"));
        assertThatThrownBy(() -> RollbackPlan.ready(unknown))
                .hasMessageContaining("'a'")
                .hasMessageContaining("'x'");
    }

    @Test
    void orderThatContradictsWhatStepsWaitForIsRefused() {
        assertThatThrownBy(() -> new RollbackPlan("mine", List.of("a", "b"), Map.of("a", List.of("b"))))
                .hasMessageContaining("mine");
    }
}
