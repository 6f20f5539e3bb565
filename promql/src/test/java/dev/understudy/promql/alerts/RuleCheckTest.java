package dev.understudy.promql.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.promql.series.SeriesStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleCheckTest {

    @Test
    void everythingThatIsWrongIsNamedAtOnceWithItsPlace() {
        RuleGroup first = new RuleGroup(
                Written.at(2, 11, "shop"),
                Optional.of(Duration.ZERO),
                0,
                Written.texts("a-b", "c"),
                List.of(
                        Written.alert("", "sum(up", Duration.ZERO, Duration.ZERO, "team", "{{ query \"up\" }}"),
                        Written.record("no name", "up[5m]", "__name__", "x")));
        RuleGroup second = Written.group("shop", Written.alert("Fine", "up == 0", Duration.ofMinutes(5)));

        assertThat(new AlertRules(List.of(first, second)).problems())
                .extracting(RuleProblem::toString)
                .containsExactly(
                        "rules.yaml:2:11: the interval of a group is longer than 0",
                        "rules.yaml:6:9: 'a-b' is no label name",
                        "rules.yaml:4:14: an alert needs a name",
                        "rules.yaml:6:9: {{ query \"up\" }} is not supported in a label; supported are "
                                + "{{ $labels.name }} and {{ $value }}",
                        "rules.yaml:5:19: expected ',' or ')' in the arguments of sum, found the end",
                        "rules.yaml:4:14: 'no name' is no metric name",
                        "rules.yaml:6:9: a rule can't set __name__",
                        "rules.yaml:5:13: the expression of a rule yields an instant vector or a scalar",
                        "rules.yaml:2:11: a second group called 'shop'");
    }

    @Test
    void aPlaceInALaterLineOfAnExpressionIsTheOneInTheFile() {
        RuleText block = new RuleText("up\n== bool\nraet(x)", new RulePlace("rules.yaml", 7, 9), 9);
        Rule.Alerting rule =
                new Rule.Alerting(Written.at(4, 14, "A"), block, Duration.ZERO, Duration.ZERO, Map.of(), Map.of());

        assertThat(Written.rules(rule).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.place()).hasToString("rules.yaml:9:9"));
    }

    @Test
    void rulesWithProblemsAreNotEvaluated() {
        SeriesStore store = new SeriesStore(Instant.EPOCH, SeriesStore.Limits.USUAL);

        assertThatThrownBy(() -> new AlertEvaluation(
                        Written.rules(Written.alert("A", "sum(", Duration.ZERO)), store, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rules.yaml:5:17");
    }
}
