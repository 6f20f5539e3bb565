package dev.understudy.promql.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.promql.series.Labels;
import dev.understudy.promql.series.SeriesStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// By https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ and recording_rules/.
class AlertEvaluationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final SeriesStore store = new SeriesStore(Instant.ofEpochSecond(1_000), SeriesStore.Limits.USUAL);

    /// A value a second, beginning at 0.
    private void given(Labels labels, double... values) {
        for (int i = 0; i < values.length; i++) {
            store.append(labels, values[i], i * SECOND);
        }
    }

    private AlertHistory over(int seconds, AlertRules rules) {
        return new AlertEvaluation(rules, store, EVERY).over(0, seconds * SECOND, EVERY);
    }

    private static OptionalLong at(long seconds) {
        return OptionalLong.of(seconds * SECOND);
    }

    @Test
    void anAlertIsPendingForItsTimeThenFiresThenEnds() {
        given(Labels.named("errors"), 0, 9, 9, 9, 9, 0, 0);

        AlertHistory history = over(6, Written.rules(Written.alert("Errors", "errors > 5", Duration.ofSeconds(2))));

        assertThat(history.episodes()).hasSize(1);
        AlertEpisode episode = history.episodes().getFirst();
        assertThat(episode.activeAt()).isEqualTo(SECOND);
        assertThat(episode.firingAt()).isEqualTo(at(3));
        assertThat(episode.endedAt()).isEqualTo(at(5));
        assertThat(episode.pendingFor(history.until())).isEqualTo(Duration.ofSeconds(2));
        assertThat(episode.firedFor(history.until())).isEqualTo(Duration.ofSeconds(2));
        assertThat(episode.value()).isEqualTo(9);
        assertThat(episode.labels()).isEqualTo(Labels.of(Map.of("alertname", "Errors")));
        assertThat(episode.place()).hasToString("rules.yaml:4:14");
        assertThat(history.failures()).isEmpty();
        assertThat(history.unseen()).isEmpty();
    }

    @Test
    void withoutAForItFiresAtOnce() {
        given(Labels.named("errors"), 0, 9);

        assertThat(over(1, Written.rules(Written.alert("Errors", "errors > 5", Duration.ZERO)))
                        .fired())
                .singleElement()
                .satisfies(episode -> assertThat(episode.firingAt()).isEqualTo(at(1)));
    }

    @Test
    void anInterruptionStartsTheForAgain() {
        given(Labels.named("errors"), 9, 9, 0, 9, 9, 0);

        AlertHistory history = over(5, Written.rules(Written.alert("Errors", "errors > 5", Duration.ofSeconds(2))));

        assertThat(history.fired()).isEmpty();
        assertThat(history.episodes())
                .extracting(AlertEpisode::activeAt, AlertEpisode::endedAt)
                .containsExactly(tuple(0L, at(2)), tuple(3 * SECOND, at(5)));
    }

    @Test
    void howFarAPendingAlertCameIsKnownAtTheEnd() {
        given(Labels.named("errors"), 0, 9, 9, 9);

        AlertHistory history = over(3, Written.rules(Written.alert("Errors", "errors > 5", Duration.ofMinutes(5))));

        AlertEpisode episode = history.episodes().getFirst();
        assertThat(episode.fired()).isFalse();
        assertThat(episode.endedAt()).isEmpty();
        assertThat(episode.pendingFor(history.until())).isEqualTo(Duration.ofSeconds(2));
        assertThat(episode.needed()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void eachLabelSetIsAnAlertOfItsOwn() {
        given(Labels.named("errors", "shop", "north"), 9, 9, 9);
        given(Labels.named("errors", "shop", "south"), 0, 9, 9);

        assertThat(over(2, Written.rules(Written.alert("Errors", "errors > 5", Duration.ofSeconds(2))))
                        .episodes())
                .extracting(episode -> episode.labels().get("shop"), AlertEpisode::firingAt)
                .containsExactly(tuple("north", at(2)), tuple("south", OptionalLong.empty()));
    }

    @Test
    void keepFiringForBridgesAGapAndEndsAfterIt() {
        given(Labels.named("errors"), 9, 0, 9, 0, 0, 0, 0);

        AlertHistory history =
                over(6, Written.rules(Written.alert("Errors", "errors > 5", Duration.ZERO, Duration.ofSeconds(2))));

        assertThat(history.episodes())
                .extracting(AlertEpisode::firingAt, AlertEpisode::endedAt)
                .containsExactly(tuple(at(0), at(5)));
    }

    @Test
    void labelsAndAnnotationsAreFilledIn() {
        given(Labels.named("errors", "shop", "north", "severity", "low"), 9);
        Rule.Alerting rule = new Rule.Alerting(
                Written.at(4, 14, "Errors"),
                Written.at(5, 13, "errors > 5"),
                Duration.ZERO,
                Duration.ZERO,
                Written.texts("severity", "page", "team", "{{ $labels.shop }}-team", "shop", ""),
                Written.texts("summary", "{{$value}} errors in {{ .Labels.shop }}{{ $value | humanize }}"));
        RuleGroup group = new RuleGroup(
                Written.at(2, 11, "shop"),
                Optional.empty(),
                0,
                Written.texts("severity", "x", "tier", "1"),
                List.of(rule));

        AlertEpisode episode =
                over(0, new AlertRules(List.of(group))).episodes().getFirst();

        assertThat(episode.labels())
                .isEqualTo(Labels.of(
                        Map.of("alertname", "Errors", "severity", "page", "team", "north-team", "tier", "1")));
        assertThat(episode.annotations()).containsEntry("summary", "9 errors in north{{ $value | humanize }}");
    }

    @Test
    void laterRulesSeeWhatEarlierOnesRecordAtTheSameInstant() {
        given(Labels.named("errors", "shop", "north"), 1, 2, 3);
        given(Labels.named("errors", "shop", "south"), 1, 2, 3);

        AlertHistory history = over(
                2,
                Written.rules(
                        Written.record("shop:errors:sum", "sum(errors)", "level", "all"),
                        Written.alert("Errors", "shop:errors:sum{level=\"all\"} > 5", Duration.ZERO),
                        Written.alert("Firing", "ALERTS{alertname=\"Errors\",alertstate=\"firing\"}", Duration.ZERO)));

        assertThat(history.episodes())
                .extracting(AlertEpisode::alert, AlertEpisode::firingAt)
                .containsExactly(tuple("Errors", at(2)), tuple("Firing", at(2)));
        assertThat(store.size()).as("the scraped series alone").isEqualTo(2);
    }

    @Test
    void whatARuleNoLongerYieldsEndsAtOnce() {
        given(Labels.named("errors"), 9, 9, 0, 0);

        AlertHistory history = over(
                3,
                Written.rules(
                        Written.record("many", "errors > 5"),
                        Written.alert("Errors", "many", Duration.ZERO),
                        Written.alert("Since", "time() - ALERTS_FOR_STATE{alertname=\"Errors\"} >= 1", Duration.ZERO)));

        assertThat(history.episodes())
                .extracting(AlertEpisode::alert, AlertEpisode::firingAt, AlertEpisode::endedAt)
                .containsExactly(tuple("Errors", at(0), at(2)), tuple("Since", at(1), at(2)));
    }

    @Test
    void groupsKeepTheirOwnPace() {
        given(Labels.named("errors"), 0, 9, 9, 9, 9);
        RuleGroup slow = new RuleGroup(
                Written.at(2, 11, "slow"),
                Optional.of(Duration.ofSeconds(3)),
                0,
                Map.of(),
                List.of(Written.alert("Errors", "errors > 5", Duration.ZERO)));

        assertThat(over(4, new AlertRules(List.of(slow))).episodes())
                .extracting(AlertEpisode::firingAt)
                .containsExactly(at(3));
    }

    @Test
    void aRuleThatCannotBeEvaluatedIsAFailureAndNotSilence() {
        given(Labels.named("errors", "shop", "north"), 9, 9);
        given(Labels.named("errors", "shop", "south"), 9, 9);
        given(Labels.named("limit"), 5, 5);

        AlertHistory history = over(
                1,
                Written.rules(
                        Written.alert("Ambiguous", "limit < on () errors", Duration.ZERO),
                        Written.alert("Same", "errors", Duration.ZERO, Duration.ZERO, "shop", "")));

        assertThat(history.episodes()).isEmpty();
        assertThat(history.failures())
                .extracting(RuleFailure::rule, RuleFailure::firstAt, RuleFailure::times)
                .containsExactlyInAnyOrder(tuple("Ambiguous", 0L, 2L), tuple("Same", 0L, 2L));
        assertThat(history.failures())
                .extracting(RuleFailure::message)
                .anySatisfy(message -> assertThat(message).contains("many-to-many"))
                .anySatisfy(message -> assertThat(message).contains("two alerts would have the same labels"));
    }

    @Test
    void aFailureLeavesAnAlertAsItWas() {
        given(Labels.named("errors", "shop", "north"), 9, 9, 9, 9);
        store.append(Labels.named("limit", "a", "1"), 5, 0);
        store.append(Labels.named("limit", "a", "2"), 5, 2 * SECOND);
        store.end(Labels.named("limit", "a", "2"), 3 * SECOND);

        AlertHistory history = over(
                3, Written.rules(Written.alert("Errors", "errors > on () group_left limit", Duration.ofSeconds(3))));

        assertThat(history.failures()).extracting(RuleFailure::times).containsExactly(1L);
        assertThat(history.fired()).extracting(AlertEpisode::firingAt).containsExactly(at(3));
    }

    @Test
    void moreThanTheLimitClearsAllAlertsOfTheRule() {
        given(Labels.named("errors", "shop", "north"), 9, 9);
        given(Labels.named("errors", "shop", "south"), 0, 9);
        RuleGroup group = new RuleGroup(
                Written.at(2, 11, "shop"),
                Optional.empty(),
                1,
                Map.of(),
                List.of(Written.alert("Errors", "errors > 5", Duration.ZERO)));

        AlertHistory history = over(1, new AlertRules(List.of(group)));

        assertThat(history.episodes()).extracting(AlertEpisode::endedAt).containsExactly(at(1));
        assertThat(history.failures())
                .extracting(RuleFailure::message)
                .containsExactly("more than 1 alerts, the limit of the group: 2");
    }

    @Test
    void whatARuleAsksForAndNeverFindsIsNamed() {
        given(Labels.named("errors"), 1);

        AlertHistory history = over(
                0,
                Written.rules(Written.alert(
                        "Slow", "errors > 5 and on ()\n  rate(latency_count{shop=~\"n.*\"}[5m]) > 1", Duration.ZERO)));

        assertThat(history.unseen())
                .extracting(UnseenSeries::rule, unseen -> unseen.place().toString(), UnseenSeries::selector)
                .containsExactly(tuple("Slow", "rules.yaml:6:20", "{\"latency_count\", shop=~\"n.*\"}"));
    }

    @Test
    void theSameSeriesCanBeLookedAtAgain() {
        given(Labels.named("errors"), 9, 9, 9);
        AlertRules rules = Written.rules(
                Written.record("many", "errors > 5"), Written.alert("Errors", "many", Duration.ofSeconds(1)));

        assertThat(over(2, rules)).isEqualTo(over(2, rules));
    }
}
