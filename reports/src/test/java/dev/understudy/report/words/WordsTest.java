package dev.understudy.report.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @Test
    void bytesHaveABinaryUnitAndFewDigits() {
        assertThat(Words.bytes(0)).isEqualTo("0 B");
        assertThat(Words.bytes(512)).isEqualTo("512 B");
        assertThat(Words.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(Words.bytes(1_000 * 1024)).isEqualTo("1 MiB");
        assertThat(Words.bytes(312.4 * 1024 * 1024)).isEqualTo("312 MiB");
        assertThat(Words.bytes(3e15)).isEqualTo("2,728 TiB");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "40_000, < 0.1 ms",
        "420_000, 0.4 ms",
        "4_200_000, 4.2 ms",
        "9_960_000, 10 ms",
        "420_000_000, 420 ms",
        "999_600_000, 1 s",
        "3_120_000_000, 3.12 s",
        "9_996_000_000, 10 s",
        "31_240_000_000, 31.2 s",
        "119_990_000_000, 2 min",
        "125_000_000_000, 2 min 5 s",
        "3_599_700_000_000, 1 h",
        "3_720_000_000_000, 1 h 2 min",
        "-4_000_000_000, −4 s",
    })
    void timesAreSaidInASensibleUnit(String nanos, String said) {
        assertThat(Words.duration(Long.parseLong(nanos.replace("_", "")))).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 %",
        "0.0004, < 0.1 %",
        "0.0234, 2.3 %",
        "0.48, 48 %",
        "0.984, 98.4 %",
        "0.99999, > 99.9 %",
        "1, 100 %"
    })
    void onlyAllIsOneHundredPerCentAndOnlyNothingIsZero(double share, String said) {
        assertThat(Words.share(share)).isEqualTo(said);
    }

    @Test
    void aValueOverItsBudgetNeverLooksEqualToIt() {
        assertThat(Words.against(31_200_000_000L, 30_000_000_000L)).isEqualTo("31.2 s of 30 s");
        assertThat(Words.against(30_001_000_000L, 30_000_000_000L)).isEqualTo("30.001 s of 30 s");
        assertThat(Words.against(30_000_000_000L, 30_000_000_000L)).isEqualTo("30 s of 30 s");
    }

    @Test
    void whatIsMissingIsAWord() {
        assertThat(Words.duration(OptionalLong.empty())).isEqualTo("not measured");
        assertThat(Words.share(OptionalDouble.empty())).isEqualTo("not measured");
        assertThat(Words.count(OptionalLong.empty())).isEqualTo("not checked");
        assertThat(Words.share(Double.NaN)).isEqualTo("not measured");
        assertThat(Words.value("latency-p99", OptionalDouble.empty())).isEqualTo("not measured");
    }

    @Test
    void valuesOfRulesAreSaidInTheUnitOfTheirMetric() {
        assertThat(Words.value("latency-p99", OptionalDouble.of(0.412))).isEqualTo("412 ms");
        assertThat(Words.value("error-rate", OptionalDouble.of(0.0137))).isEqualTo("1.4 %");
        assertThat(Words.value("io-pressure", OptionalDouble.of(0.8))).isEqualTo("80 %");
        assertThat(Words.value("process-exit", OptionalDouble.of(2))).isEqualTo("2");
    }

    @Test
    void digestsAreShortAndCountsGrouped() {
        assertThat(Words.digest("sha256:3f2a9c1e77b0d4c8a1f5e2d6b3c4")).isEqualTo("3f2a9c1e77b0");
        assertThat(Words.digest("schema 1")).isEqualTo("schema 1");
        assertThat(Words.digest(" ")).isEqualTo("unknown");
        assertThat(Words.count(1, "row")).isEqualTo("1 row");
        assertThat(Words.count(12345, "row")).isEqualTo("12,345 rows");
    }

    @Test
    void longNamesKeepHeadAndTail() {
        assertThat(Words.shorten("a-very-long-name-of-a-step", 12))
                .hasSize(12)
                .startsWith("a-very-l")
                .endsWith("tep");
        assertThat(Words.shorten("😀😀😀😀😀", 3)).isEqualTo("😀😀…");
    }
}
