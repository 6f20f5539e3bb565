package dev.understudy.promql.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.promql.PromQl;
import dev.understudy.promql.evaluation.Value;
import dev.understudy.promql.series.SeriesStore;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScrapeTargetTest {
    private static final long SECOND = 1_000_000_000L;
    private final SeriesStore store = new SeriesStore(Instant.ofEpochSecond(1_000), SeriesStore.Limits.USUAL);
    private final ScrapeTarget target = new ScrapeTarget(store, Map.of("job", "shop", "instance", "a:1"));

    private String at(String expression, long seconds) {
        Value.Vector vector = (Value.Vector) PromQl.parse(expression).at(store, seconds * SECOND);
        return vector.samples().stream()
                .map(sample -> sample.labels() + " " + sample.value())
                .sorted()
                .collect(Collectors.joining(" | "));
    }

    private void scraped(String page, long seconds) {
        target.scraped(Exposition.parse(page), seconds * SECOND);
    }

    @Test
    void aSeriesThatIsNoLongerThereEndsAtOnce() {
        scraped("a 1\nb 2\n", 1);
        scraped("a 1\n", 2);

        assertThat(at("a", 2)).isEqualTo("a{instance=\"a:1\", job=\"shop\"} 1.0");
        assertThat(at("b", 1)).isEqualTo("b{instance=\"a:1\", job=\"shop\"} 2.0");
        assertThat(at("b", 2)).isEmpty();

        scraped("a 1\nb 3\n", 3);
        assertThat(at("b", 3)).isEqualTo("b{instance=\"a:1\", job=\"shop\"} 3.0");
    }

    @Test
    void upSaysWhetherTheEndpointAnswered() {
        scraped("a 1\n", 1);
        target.failed(2 * SECOND);

        assertThat(at("up", 1)).isEqualTo("up{instance=\"a:1\", job=\"shop\"} 1.0");
        assertThat(at("up == 0", 2)).isEqualTo("up{instance=\"a:1\", job=\"shop\"} 0.0");
        assertThat(at("a", 2)).isEmpty();

        target.removed(3 * SECOND);
        assertThat(at("up", 3)).isEmpty();
    }

    @Test
    void aServicesOwnLabelsAreKeptBesideTheTargets() {
        scraped("a{job=\"mine\",exported_job=\"theirs\"} 1\n", 1);

        assertThat(at("a", 1))
                .isEqualTo(
                        "a{exported_exported_job=\"mine\", exported_job=\"theirs\", instance=\"a:1\", job=\"shop\"} 1.0");
    }

    @Test
    void boundsOfBucketsAreFloatsAndFoundEitherWay() {
        scraped("a_bucket{le=\"1\"} 3\na_bucket{le=\"+Inf\"} 4\n", 1);

        assertThat(at("sum by (le) (a_bucket{le=\"1\"})", 1)).isEqualTo("{le=\"1.0\"} 3.0");
        assertThat(at("sum by (le) (a_bucket{le=\"1.0\"})", 1)).isEqualTo("{le=\"1.0\"} 3.0");
        assertThat(at("sum by (le) (a_bucket{le!=\"1\"})", 1)).isEqualTo("{le=\"+Inf\"} 4.0");
    }

    @Test
    void aTimeThatTheServiceGivesCountsAndIsNotEndedByItsAbsence() {
        scraped("a 1 1005000\n", 10);
        scraped("b 1\n", 11);

        assertThat(at("a", 4)).isEmpty();
        assertThat(at("timestamp(a)", 11)).isEqualTo("{instance=\"a:1\", job=\"shop\"} 1005.0");
        scraped("a 1 9223372036854775807\n", 12);
        assertThat(store.notices()).isEmpty();
    }

    @Test
    void aLineThatStandsTwiceCountsOnceAndIsNoticed() {
        scraped("a 1\na 2\n", 1);

        assertThat(at("a", 1)).endsWith(" 1.0");
        assertThat(store.notices()).hasSize(1);
    }
}
