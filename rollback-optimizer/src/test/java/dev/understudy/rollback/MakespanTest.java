package dev.understudy.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.rollback.Makespan.Span;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MakespanTest {
    private static final Map<String, Long> TIMES =
            Map.of("drain", 1L, "orders", 30L, "schema", 10L, "catalogue", 60L, "undrain", 2L);

    @Test
    void oneAtATimeTakesTheSum() {
        Makespan makespan = Makespan.of(RollbackPlan.written(Procedures.example()), TIMES);
        assertThat(makespan.nanos()).isEqualTo(103);
        assertThat(makespan.criticalPath()).containsExactly("drain", "orders", "schema", "catalogue", "undrain");
        assertThat(makespan.spans()).containsEntry("catalogue", new Span(41, 101));
    }

    @Test
    void readyTakesTheLongestChain() {
        Makespan makespan = Makespan.of(RollbackPlan.ready(Procedures.example()), TIMES);
        assertThat(makespan.nanos()).isEqualTo(62);
        assertThat(makespan.criticalPath()).containsExactly("catalogue", "undrain");
        assertThat(makespan.bottleneck()).contains("catalogue");
        assertThat(makespan.bottleneckShare()).isEqualTo(60.0 / 62);
    }

    @Test
    void nothingTakesNoTimeAndHasNoBottleneck() {
        Makespan makespan = Makespan.of(RollbackPlan.ready(Procedures.of()), Map.of());
        assertThat(makespan.nanos()).isZero();
        assertThat(makespan.bottleneck()).isEmpty();
        assertThat(makespan.bottleneckShare()).isZero();
    }

    @Test
    void unmeasuredStepIsNamed() {
        assertThatThrownBy(() -> Makespan.of(RollbackPlan.ready(Procedures.example()), Map.of()))
                .hasMessageContaining("'drain'");
    }
}
