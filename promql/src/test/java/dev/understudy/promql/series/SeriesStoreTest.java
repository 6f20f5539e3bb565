package dev.understudy.promql.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeriesStoreTest {
    private static final Labels A = Labels.named("a");
    private static final Labels B = Labels.named("b");

    private static SeriesStore store(int series, long samples, Duration keep) {
        return new SeriesStore(Instant.EPOCH, new SeriesStore.Limits(series, samples, keep));
    }

    private static Series series(SeriesStore store, Labels labels) {
        return store.select(List.of(Matcher.of(Labels.NAME, Matcher.Kind.EQUAL, labels.name())))
                .getFirst();
    }

    @Test
    void tooManySeriesAreLeftOutAndNamed() {
        SeriesStore store = store(1, 100, Duration.ofHours(1));

        assertThat(store.append(A, 1, 0)).isTrue();
        assertThat(store.append(B, 1, 0)).isFalse();
        assertThat(store.append(B, 1, 1)).isFalse();
        assertThat(store.append(A, 1, 1)).isTrue();

        assertThat(store.notices())
                .extracting(Notice::message)
                .containsExactly("more than 1 series: 2 samples left out, the first of b");
    }

    @Test
    void tooManySamplesAreLeftOutAndNamed() {
        SeriesStore store = store(10, 2, Duration.ofHours(1));
        LongStream.range(0, 5).forEach(at -> store.append(A, 1, at));

        assertThat(store.samples()).isEqualTo(2);
        assertThat(store.notices())
                .extracting(Notice::message)
                .containsExactly("more than 2 samples: 3 samples left out, the first of a");
    }

    @Test
    void whatIsOlderThanWantedMakesRoom() {
        SeriesStore store = store(10, 40, Duration.ofNanos(10));
        LongStream.range(0, 1_000)
                .forEach(at -> assertThat(store.append(A, at, at)).isTrue());

        assertThat(store.notices()).isEmpty();
        assertThat(store.samples()).isEqualTo(series(store, A).size()).isLessThan(40);
        assertThat(series(store, A).between(989, 2_000).values())
                .containsExactly(IntStream.range(990, 1_000).asDoubleStream().toArray());
    }

    @Test
    void timeNeverGoesBackWithinASeries() {
        SeriesStore store = store(10, 100, Duration.ofHours(1));

        assertThat(store.append(A, 1, 5)).isTrue();
        assertThat(store.append(A, 2, 5)).isFalse();
        assertThat(store.append(A, 2, 4)).isFalse();
        assertThat(store.append(B, 2, 4)).isTrue();

        assertThat(store.notices())
                .extracting(Notice::message)
                .containsExactly("not newer than the last sample of the series: 2 samples left out, the first of a");
    }

    @Test
    void anEndedSeriesHasNoValueUntilItBeginsAgain() {
        SeriesStore store = store(10, 100, Duration.ofHours(1));
        store.append(A, 1, 10);
        store.end(A, 20);
        store.end(A, 30);
        store.end(B, 30);
        store.append(A, 2, 40);
        Series a = series(store, A);

        assertThat(a.latest(19, 100)).hasValue(0);
        assertThat(a.latest(39, 100)).isEmpty();
        assertThat(a.value(a.latest(40, 100).orElseThrow())).isEqualTo(2);
        assertThat(a.between(0, 40).values()).containsExactly(1, 2);
    }

    @Test
    void anyNanOfAServiceIsAValueAndNoEnd() {
        SeriesStore store = store(10, 100, Duration.ofHours(1));
        store.append(A, Double.longBitsToDouble(0x7ff0000000000002L), 10);
        Series a = series(store, A);

        assertThat(a.value(a.latest(10, 100).orElseThrow())).isNaN();
    }

    @Test
    void lookingFartherBackThanTimeGoesIsFine() {
        SeriesStore store = store(10, 100, Duration.ofHours(1));
        store.append(A, 1, Long.MIN_VALUE + 5);

        assertThat(series(store, A).latest(-10, Long.MAX_VALUE)).hasValue(0);
    }

    @Test
    void emptyLabelsAreNone() {
        assertThat(Labels.named("a", "x", "")).isEqualTo(A);
        assertThat(A.with("x", "1").with("x", "")).isEqualTo(A);
        assertThat(Labels.named("a b", "c d", "\"\n\\")).hasToString("{\"a b\", \"c d\"=\"\\\"\\n\\\\\"}");
    }
}
