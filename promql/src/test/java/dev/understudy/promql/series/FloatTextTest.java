package dev.understudy.promql.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatTextTest {

    @Property
    void whatIsPrintedIsRead(@ForAll double value) {
        assertThat(FloatText.parse(FloatText.shortest(value))).hasValue(value == 0 ? 0 : value);
        assertThat(FloatText.parse(FloatText.plain(value))).hasValue(value == 0 ? 0 : value);
        assertThat(FloatText.parse(FloatText.bound(value))).hasValue(value == 0 ? 0 : value);
    }

    @Test
    void numbersLookAsInGo() {
        assertThat(FloatText.shortest(1e20)).isEqualTo("100000000000000000000");
        assertThat(FloatText.shortest(1e21)).isEqualTo("1e+21");
        assertThat(FloatText.shortest(-1.25e-5)).isEqualTo("-1.25e-05");
        assertThat(FloatText.plain(1e-7)).isEqualTo("0.0000001");
        assertThat(FloatText.bound(1)).isEqualTo("1.0");
        assertThat(FloatText.bound(0.25)).isEqualTo("0.25");
        assertThat(FloatText.bound(1e6)).isEqualTo("1e+06");
        assertThat(FloatText.bound(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
    }

    @Test
    void allWaysToWriteANumberAreRead() {
        assertThat(FloatText.parse("+1.5e-3")).hasValue(0.0015);
        assertThat(FloatText.parse("0x1p-2")).hasValue(0.25);
        assertThat(FloatText.parse("Nan")).hasValue(Double.NaN);
        assertThat(FloatText.parse("-infinity")).hasValue(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1d", "1f", " 1", "0x1", "0x1p1f", "1_000", "--1", "e", "+nan", "1e", "٣"})
    void whatGoDoesNotReadIsNoNumber(String text) {
        assertThat(FloatText.parse(text)).isEqualTo(OptionalDouble.empty());
    }
}
