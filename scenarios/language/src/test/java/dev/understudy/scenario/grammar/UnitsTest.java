package dev.understudy.scenario.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.Quantity.Unit;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "TIME, 400ms, 0.4",
        "TIME, 2s, 2",
        "TIME, 1.5m, 90",
        "TIME, 1h, 3600",
        "SHARE, 2%, 0.02",
        "SHARE, 100%, 1",
        "SHARE, 0.5%, 0.005",
        "SIZE, 1KiB, 1024",
        "SIZE, 2MiB, 2097152",
        "SIZE, 1GiB, 1073741824",
        "SIZE, 3kB, 3000",
        "SIZE, 1MB, 1000000",
        "SIZE, 1GB, 1000000000",
        "RATE, 50/s, 50",
        "COUNT, 12, 12"
    })
    void quantitiesAreReadIntoTheirBaseUnit(Unit unit, String text, double value) {
        assertThat(Units.parse(unit, text)).contains(new Quantity(unit, value, text));
    }

    @ParameterizedTest
    @CsvSource({
        "TIME, 400", "TIME, 400 ms", "TIME, -1s", "TIME, 1d", "TIME, 1e3s", "TIME, .5s", "TIME, 1234567890s",
                "SHARE, 101%",
        "SHARE, 100.1%", "SHARE, 0.2", "SIZE, 1gib", "SIZE, 1", "RATE, 50", "COUNT, 1.5", "COUNT, -1", "COUNT, 1ms"
    })
    void nothingElseIsAQuantity(Unit unit, String text) {
        assertThat(Units.parse(unit, text)).isEmpty();
    }

    @Test
    void anExampleIsItselfAQuantity() {
        for (Unit unit : Unit.values()) {
            for (String number : new String[] {"0.2", "3", "400", "1e99"}) {
                String example = Units.example(unit, number);
                boolean sane = unit == Unit.COUNT || unit == Unit.WORD || (unit == Unit.SHARE && number.equals("400"));
                assertThat(sane || Units.parse(unit, example).isPresent())
                        .as(unit + " " + example)
                        .isTrue();
            }
        }
    }

    @Property(tries = 500)
    void millisecondsAreExact(@ForAll @IntRange(max = 1_000_000) int millis) {
        assertThat(Units.parse(Unit.TIME, millis + "ms").orElseThrow().asDuration())
                .isEqualTo(Duration.ofMillis(millis));
    }
}
