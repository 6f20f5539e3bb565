package dev.understudy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.scenario.Quantity.Unit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantityTest {
    private static final Quantity TIME = new Quantity(Unit.TIME, 0.4, "400ms");
    private static final Quantity COUNT = new Quantity(Unit.COUNT, 3, "3");

    @Test
    void aQuantityIsWhatItsUnitSays() {
        assertThat(TIME.asDuration()).isEqualTo(Duration.ofMillis(400));
        assertThat(COUNT.asCount()).isEqualTo(3);
        assertThat(new Quantity(Unit.SHARE, 0.02, "2%").asShare()).isEqualTo(0.02);
        assertThat(TIME).hasToString("400ms");
    }

    @Test
    void aQuantityIsNothingElse() {
        assertThatThrownBy(TIME::asCount)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("'400ms' is a TIME, not a COUNT");
        assertThatThrownBy(TIME::asShare).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(COUNT::asDuration).isInstanceOf(IllegalStateException.class);
    }
}
