package dev.understudy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.AlertReading;
import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.judge.Judge;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.promql.alerts.AlertRules;
import dev.understudy.promql.alerts.Rule;
import dev.understudy.promql.alerts.RuleGroup;
import dev.understudy.promql.alerts.RulePlace;
import dev.understudy.promql.alerts.RuleText;
import dev.understudy.runtime.simulated.SampleWorlds;
import dev.understudy.runtime.simulated.Script;
import dev.understudy.runtime.simulated.SimulatedWorld;
import dev.understudy.runtime.tck.Rewritten;
import dev.understudy.scenario.Bound;
import dev.understudy.scenario.Bound.Against;
import dev.understudy.scenario.Bound.Comparison;
import dev.understudy.scenario.Bound.Side;
import dev.understudy.scenario.MetricSource;
import dev.understudy.scenario.MetricSource.Measure;
import dev.understudy.scenario.Monitoring;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.Quantity.Unit;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Scenario.BreachPolicy;
import dev.understudy.scenario.Scenario.Trigger;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Count;
import dev.understudy.scenario.StabilityRule.Metric;
import dev.understudy.scenario.StabilityRule.NoData;
import dev.understudy.scenario.StabilityRule.Resource;
import dev.understudy.scenario.StabilityRule.Sampling;
import dev.understudy.scenario.StabilityRule.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Sources, limits, triggers and alert rules, the whole way from scenario to verdict, in virtual time.
final class MonitoredRehearsalTest {
    private static final Place HERE = new Place("monitored", 1, 1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String UNPAID = "select count(*) from orders";
    private static final Trigger ANY = new Trigger.Any();
    private static final MetricSource IN_FLIGHT = new MetricSource.Scrape("orders", "/metrics", "orders_in_flight");

    private static StabilityRule rule(String id, MetricSource source, Bound bound, Sampling sampling) {
        return new StabilityRule(
                id,
                HERE,
                new Metric.Sampled(source),
                source.service().<Target>map(Target.OfService::new).orElse(new Target.OfArm()),
                bound,
                Duration.ofSeconds(3),
                OptionalLong.empty(),
                sampling);
    }

    private static StabilityRule rule(String id, MetricSource source, double max) {
        return rule(id, source, max(max), Sampling.USUAL);
    }

    private static Bound max(double value) {
        return Bound.max(new Quantity(Unit.NUMBER, value, Double.toString(value)));
    }

    private static Bound times(double factor, Against against, double plus) {
        return new Bound(
                Side.MAX,
                new Quantity(Unit.NUMBER, plus, Double.toString(plus)),
                Optional.of(new Comparison(factor, against)),
                factor + " x " + against);
    }

    private static StabilityRule slow(double quantile, Bound bound) {
        return new StabilityRule(
                "slow",
                HERE,
                new Metric.Latency(quantile),
                new Target.OfService("gateway"),
                bound,
                Duration.ofSeconds(2),
                OptionalLong.of(20),
                Sampling.USUAL);
    }

    private static Monitoring alerting(String name, String expression, Duration lasting) {
        RulePlace place = new RulePlace("rules.yaml", 3, 5);
        Rule alert = new Rule.Alerting(
                new RuleText(name, place),
                new RuleText(expression, place),
                lasting,
                Duration.ZERO,
                Map.of("severity", new RuleText("page", place)),
                Map.of());
        RuleGroup group = new RuleGroup(new RuleText("shop", place), Optional.empty(), 0, Map.of(), List.of(alert));
        return new Monitoring(
                List.of(new Monitoring.Scrape(HERE, "orders", "/metrics", "orders", SECOND)),
                Optional.of(
                        new Monitoring.Alerting(HERE, List.of("rules.yaml"), new AlertRules(List.of(group)), SECOND)));
    }

    private static RunSummary judged(String release, List<StabilityRule> rules) {
        return judged(release, rules, ANY, Monitoring.NONE);
    }

    private static RunSummary judged(
            String release, List<StabilityRule> rules, Trigger trigger, Monitoring monitoring) {
        SimulatedWorld world = SampleWorlds.shop()
                .with(Script.query(
                        UNPAID,
                        tables -> Integer.toString(tables.table("orders").rows().size())));
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(world, 1);
        Scenario of = rehearsal.scenario(release, 0);
        Scenario scenario = Rewritten.of(of)
                .stability(rules)
                .breach(new BreachPolicy(trigger, of.breach().within()))
                .monitoring(monitoring)
                .scenario();
        Journal journal = rehearsal.run(scenario);
        assertThat(journal.events(Event.Failed.class)).isEmpty();
        return Judge.judge(scenario, journal);
    }

    private static void isGo(RunSummary run) {
        assertThat(run.verdict().decision()).as(run.verdict().reason()).isEqualTo(Decision.GO);
    }

    @Test
    void everySourceThatHoldsLetsAGoodReleaseGo() {
        RunSummary run = judged(
                SampleWorlds.GOOD,
                List.of(
                        rule("queue", IN_FLIGHT, 1_000),
                        rule(
                                "failing",
                                new MetricSource.PromQl("sum(rate(understudy_failures_total{to=\"gateway\"}[5s]))"),
                                5),
                        rule("orders", new MetricSource.Sql("db", UNPAID, PATIENCE), 1e9),
                        rule(
                                "ready",
                                new MetricSource.Http(
                                        "orders", "/health", Optional.empty(), Optional.empty(), PATIENCE),
                                0.5),
                        rule(
                                "smoke",
                                new MetricSource.Command(List.of("true"), Map.of(), Measure.FAILURES, PATIENCE),
                                0.0)));

        isGo(run);
        assertThat(run.rules())
                .allMatch(rule ->
                        rule.worstCandidate().isPresent() && rule.worstControl().isPresent());
    }

    private static StabilityRule use(Resource resource, double max) {
        return new StabilityRule(
                resource.word(),
                HERE,
                new Metric.Use(resource),
                new Target.OfService("orders"),
                Bound.max(new Quantity(resource.unit(), max, Double.toString(max))),
                Duration.ofSeconds(3),
                OptionalLong.empty(),
                Sampling.USUAL);
    }

    @Test
    void whatProcessesAndLinksUseCanBeARule() {
        List<StabilityRule> generous = Stream.of(Resource.values())
                .map(resource -> use(resource, 1e12))
                .toList();

        RunSummary run = judged(SampleWorlds.GOOD, generous);

        isGo(run);
        assertThat(run.rules()).hasSize(Resource.values().length);
        assertThat(run.rules())
                .allMatch(rule ->
                        rule.worstCandidate().isPresent() && rule.worstControl().isPresent());
        assertThat(run.rules())
                .filteredOn(rule -> rule.metric().startsWith("network-"))
                .allMatch(rule -> rule.worstCandidate().getAsDouble() > 0);
        assertThat(run.rules())
                .filteredOn(rule -> rule.metric().equals("restarts"))
                .allMatch(rule -> rule.worstCandidate().getAsDouble() == 0);
    }

    @Test
    void theRollbacksOwnReplacementsAreNoRestarts() {
        RunSummary run = judged(SampleWorlds.GOOD, List.of(use(Resource.RESTARTS, 0)));

        isGo(run);
    }

    @Test
    void aUseBeyondItsLimitInBothArmsIsNotHeldAgainstTheChange() {
        RunSummary run = judged(SampleWorlds.GOOD, List.of(use(Resource.NETWORK_RECEIVED, 1)));

        assertThat(run.rules().getFirst().brokeAt()).isPresent();
        assertThat(run.rules().getFirst().sharedByControl()).isTrue();
        assertThat(run.verdict().change()).isNotEqualTo(ChangeFinding.BREACHED);
    }

    @Test
    void aScrapedSeriesThatTheCandidateAloneExceedsIsABreach() {
        RunSummary run = judged(SampleWorlds.NO_TIMEOUT, List.of(rule("queue", IN_FLIGHT, 6)));

        assertThat(run.verdict().change()).as(run.verdict().reason()).isEqualTo(ChangeFinding.BREACHED);
        assertThat(run.verdict().reason()).contains("queue").contains("orders_in_flight");
    }

    @Test
    void kOfNSamplesBreakARule() {
        Sampling twoOfThree = new Sampling(SECOND, NoData.INCONCLUSIVE, Optional.of(new Count(2, 3)));
        RunSummary run = judged(SampleWorlds.NO_TIMEOUT, List.of(rule("queue", IN_FLIGHT, max(6), twoOfThree)));

        assertThat(run.verdict().change()).as(run.verdict().reason()).isEqualTo(ChangeFinding.BREACHED);
    }

    @Test
    void aMultipleOfTheControlIsExceededByTheChangeOnly() {
        Bound twice = times(1.5, Against.CONTROL, 0.05);
        isGo(judged(SampleWorlds.GOOD, List.of(slow(0.5, twice))));

        RunSummary run = judged(SampleWorlds.NO_TIMEOUT, List.of(slow(0.5, twice)));

        assertThat(run.verdict().change()).as(run.verdict().reason()).isEqualTo(ChangeFinding.BREACHED);
        assertThat(run.rules().getFirst().limit()).isEmpty();
    }

    @Test
    void aMultipleOfTheBaselineIsHeldAgainstTheChangeOnlyIfTheControlKeepsIt() {
        RunSummary run = judged(SampleWorlds.NO_TIMEOUT, List.of(slow(0.9, times(10, Against.BASELINE, 0.25))));

        assertThat(run.verdict().change()).as(run.verdict().reason()).isEqualTo(ChangeFinding.BREACHED);
    }

    @Test
    void aSourceThatGivesNothingIsNeverAGo() {
        MetricSource missing = new MetricSource.Command(List.of("nowhere"), Map.of(), Measure.FAILURES, PATIENCE);
        RunSummary silent = judged(SampleWorlds.GOOD, List.of(rule("probe", missing, 0)));
        RunSummary unseen = judged(SampleWorlds.GOOD, List.of(rule("promql", new MetricSource.PromQl("nothing"), 0)));
        RunSummary breached = judged(
                SampleWorlds.GOOD,
                List.of(rule("probe", missing, max(0), new Sampling(SECOND, NoData.BREACH, Optional.empty()))));

        assertThat(silent.verdict().decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(silent.verdict().reason())
                .contains("probe")
                .contains("no data")
                .contains("127");
        assertThat(unseen.verdict().decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(breached.verdict().decision()).isNotEqualTo(Decision.GO);
        assertThat(breached.figures().drill()).isFalse();
    }

    @Test
    void aTriggerOfSeveralPartsWaitsForAllOfThem() {
        List<StabilityRule> rules = List.of(
                slow(0.9, times(1.5, Against.CONTROL, 0.05)),
                rule("queue", IN_FLIGHT, 6),
                rule("never", IN_FLIGHT, 1e9));
        Trigger both = new Trigger.Of(2, List.of(new Trigger.Rule("slow"), new Trigger.Rule("queue")));
        Trigger never = new Trigger.Of(2, List.of(new Trigger.Rule("slow"), new Trigger.Rule("never")));

        RunSummary fired = judged(SampleWorlds.NO_TIMEOUT, rules, both, Monitoring.NONE);
        RunSummary drilled = judged(SampleWorlds.NO_TIMEOUT, rules, never, Monitoring.NONE);

        assertThat(fired.figures().detectedBy()).hasValue("slow, queue");
        assertThat(drilled.figures().drill()).isTrue();
        assertThat(drilled.verdict().decision()).isEqualTo(Decision.INCONCLUSIVE);
    }

    @Test
    void theTeamsOwnAlertFiresForTheCandidateAloneAndSaysWhen() {
        Monitoring alerts = alerting("OrdersPileUp", "orders_in_flight{job=\"orders\"} > 6", Duration.ofSeconds(2));

        RunSummary run = judged(SampleWorlds.NO_TIMEOUT, List.of(rule("queue", IN_FLIGHT, 1e9)), ANY, alerts);

        AlertReading fired = run.alerts().alerts().getFirst();
        assertThat(run.alerts().evaluated()).isTrue();
        assertThat(fired.alert()).isEqualTo("OrdersPileUp");
        assertThat(fired.arm()).isEqualTo("candidate");
        assertThat(fired.alone()).isTrue();
        assertThat(fired.firingAt().getAsLong() - fired.activeAt()).isEqualTo(2_000_000_000L);
        assertThat(fired.labels()).containsEntry("severity", "page").containsEntry("job", "orders");
        assertThat(fired.activeAt())
                .isGreaterThan(run.deviations().getFirst().began().getAsLong());
        assertThat(run.verdict().decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(run.verdict().reason()).contains("OrdersPileUp");
    }

    @Test
    void anAlertThatBothArmsRaiseIsNotHeldAgainstTheChange() {
        RunSummary run = judged(
                SampleWorlds.GOOD,
                List.of(rule("queue", IN_FLIGHT, 1e9)),
                ANY,
                alerting("Watchdog", "vector(1)", Duration.ZERO));

        isGo(run);
        assertThat(run.alerts().alerts())
                .hasSize(2)
                .allMatch(alert -> alert.firingAt().isPresent() && !alert.alone());
    }

    @Test
    void alertsAloneAreNoGroundForAGoIfTheyCannotSee() {
        Monitoring blind = alerting("QueueFull", "queue_depth > 10", Duration.ZERO);
        Monitoring seeing = alerting("OrdersDown", "up{job=\"orders\"} == 0", PATIENCE);

        RunSummary run = judged(SampleWorlds.GOOD, List.of(), ANY, blind);

        assertThat(run.verdict().decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(run.notChecked()).anyMatch(line -> line.contains("QueueFull"));
        isGo(judged(SampleWorlds.GOOD, List.of(), ANY, seeing));
    }

    @Test
    void anAlertCanBeARule() {
        StabilityRule paged = rule(
                "paged",
                new MetricSource.PromQl(
                        "count(ALERTS{alertname=\"OrdersPileUp\", alertstate=\"firing\"}) or vector(0)"),
                0);

        RunSummary run = judged(
                SampleWorlds.NO_TIMEOUT,
                List.of(paged),
                ANY,
                alerting("OrdersPileUp", "orders_in_flight > 6", Duration.ofSeconds(1)));

        assertThat(run.verdict().change()).as(run.verdict().reason()).isEqualTo(ChangeFinding.BREACHED);
        assertThat(run.figures().detectedBy()).hasValue("paged");
    }
}
