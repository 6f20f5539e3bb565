package dev.understudy.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary.Point;
import dev.understudy.analysis.RunSummary.Series;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThinningTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void onePeakInTenMinutesSurvives() {
        List<Point> points = new ArrayList<>();
        for (int second = 0; second < 600; second++) {
            boolean peak = second == 317;
            points.add(new Point(second * SECOND, 100, peak ? 73 : 0, peak ? 900 : 20, peak ? 4000 : 90));
        }

        Thinning thin = Thinning.of(List.of(new Series("candidate", points)), 90);

        assertThat(thin.count()).isLessThanOrEqualTo(90);
        assertThat(thin.width()).isEqualTo(7 * SECOND);
        Thinning.Slice slice = thin.arms().getFirst().slices().get(317L / 7);
        assertThat(slice).isNotNull();
        assertThat(slice.worstErrorShare()).hasValue(0.73);
        assertThat(slice.p50()).hasValue(900);
        assertThat(slice.p99()).hasValue(4000);
        assertThat(slice.requests()).isEqualTo(700);
        assertThat(slice.failures()).isEqualTo(73);
    }

    @Test
    void bothArmsShareTheirSlices() {
        Series early = new Series("candidate", List.of(new Point(0, 1, 0, 1, 1), new Point(SECOND, 1, 0, 1, 1)));
        Series late = new Series("control", List.of(new Point(9 * SECOND, 1, 0, 1, 1)));

        Thinning thin = Thinning.of(List.of(early, late), 5);

        assertThat(thin.width()).isEqualTo(2 * SECOND);
        assertThat(thin.arms().get(0).slices()).containsOnlyKeys(0L);
        assertThat(thin.arms().get(1).slices()).containsOnlyKeys(4L);
    }

    @Test
    void secondsWithoutRequestsHaveNoLatency() {
        Thinning thin = Thinning.of(List.of(new Series("candidate", List.of(new Point(0, 0, 0, 0, 0)))), 5);

        Thinning.Slice slice = thin.arms().getFirst().slices().get(0L);
        assertThat(slice).isNotNull();
        assertThat(slice.p99()).isEmpty();
        assertThat(slice.worstErrorShare()).isEmpty();
    }

    @Test
    void nothingMeasuredIsEmpty() {
        assertThat(Thinning.of(List.of(new Series("candidate", List.of())), 5).isEmpty())
                .isTrue();
        assertThat(Thinning.of(List.of(), 5).isEmpty()).isTrue();
    }
}
