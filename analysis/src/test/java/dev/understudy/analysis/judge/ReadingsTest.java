package dev.understudy.analysis.judge;

import static dev.understudy.analysis.judge.Journals.SECOND;
import static dev.understudy.analysis.judge.Journals.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.Mark;
import dev.understudy.analysis.RunSummary.Pair;
import dev.understudy.analysis.RunSummary.Split;
import dev.understudy.analysis.RunSummary.StepReading;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.journal.Event;
import dev.understudy.journal.ExchangeRecord;
import dev.understudy.journal.ExchangeRecord.Outcome;
import dev.understudy.scenario.Scenario.Expectation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReadingsTest {
    private final Scenarios scenario = new Scenarios();
    private final Journals journal = Journals.go();

    private RunSummary judge() {
        return Judge.judge(scenario.build(), journal.build());
    }

    @Test
    void everyNanosecondBelongsToOnePart() {
        Split split = judge().split();

        assertThat(split.total()).isEqualTo(26 * SECOND);
        assertThat(split.service() + split.step() + split.ruleWindow() + split.deviation() + split.tool())
                .isEqualTo(split.total());
        assertThat(split.step()).isEqualTo(at(1.6));
        assertThat(split.deviation()).as("15 to 18.1").isEqualTo(at(3.1));
        assertThat(split.ruleWindow()).as("14 to 15, 20 to 22.4").isEqualTo(at(3.4));
        assertThat(split.tool()).as("probe, verify once at rest").isEqualTo(at(2));
    }

    @Test
    void timeFromTheFirstBadExchangeToTheBreachIsTheRulesWindow() {
        journal.breach(false, false).add(21, new Event.ToolTime(1, at(0.5), "hashing"));

        Split split = judge().split();

        assertThat(split.ruleWindow())
                .as("14 to 15, 15.5 to 17, 20 to 20.5, 21 to 22.4")
                .isEqualTo(at(4.4));
        assertThat(split.deviation()).as("15 to 15.5, 17 to 18.1").isEqualTo(at(1.6));
        assertThat(split.tool()).isEqualTo(at(2.5));
    }

    @Test
    void figuresAreThoseOfTheFirstTrial() {
        journal.breach(false, false)
                .exchanges(record -> !record.control() && record.intended() >= at(13) && record.intended() < at(13.5)
                        ? Journals.answered(record, 503, Outcome.REFUSED)
                        : record);

        RunSummary.Figures figures = judge().figures();

        assertThat(figures.recovery()).hasValue(at(1.9));
        assertThat(figures.recoveryBudget()).isEqualTo(10 * SECOND);
        assertThat(figures.detect()).hasValue(at(1.5));
        assertThat(figures.detectedBy()).contains("slow");
        assertThat(figures.drill()).isFalse();
        assertThat(figures.downtime()).hasValue(0);
        assertThat(figures.deployDowntime()).isEqualTo(at(0.5));
        assertThat(figures.lost()).hasValue(0);
        assertThat(figures.unserved()).hasValue(3);
        assertThat(figures.contended()).hasValue(1);
        assertThat(figures.writesCompared()).hasValue(1.0);
        assertThat(figures.bottleneck()).contains("orders");
        assertThat(figures.bottleneckShare()).isEqualTo(0.75);
        assertThat(figures.firstBadToFirstStep()).hasValue(at(2.6));
    }

    @Test
    void whatWasNotMeasuredIsEmpty() {
        journal.keepUntil(11);

        RunSummary.Figures figures = judge().figures();

        assertThat(figures.recovery()).isEmpty();
        assertThat(figures.detect()).isEmpty();
        assertThat(figures.downtime()).isEmpty();
        assertThat(figures.lost()).isEmpty();
        assertThat(figures.unserved()).isEmpty();
        assertThat(figures.writesCompared()).isEmpty();
        assertThat(figures.bottleneck()).isEmpty();
        assertThat(judge().trials()).isEmpty();
    }

    @Test
    void probesCountForDowntimeOnly() {
        journal.withoutExchanges(record -> record.intended() >= at(16) && record.intended() < at(17));
        for (int i = 0; i < 10; i++) {
            long when = at(16 + i * 0.1);
            for (boolean control : new boolean[] {true, false}) {
                journal.record(new ExchangeRecord(
                        1,
                        -1 - i,
                        0,
                        ExchangeRecord.PROBE,
                        false,
                        0,
                        control,
                        when,
                        when,
                        when + 1,
                        control ? 200 : 0,
                        control ? Outcome.ACKNOWLEDGED : Outcome.REFUSED));
            }
        }

        RunSummary summary = judge();

        assertThat(summary.figures().downtime()).hasValue(SECOND);
        assertThat(summary.fidelity()).noneMatch(route -> route.route().equals(ExchangeRecord.PROBE));
        assertThat(summary.series().getFirst().points()).anyMatch(point -> point.requests() == 0);
    }

    @Test
    void inTurnEveryStepIsOnTheCriticalPath() {
        assertThat(judge().steps()).extracting(StepReading::onCriticalPath).containsOnly(true);
        assertThat(judge().steps()).extracting(StepReading::verb).containsExactly("post", "revert", "post");
        assertThat(judge().steps().get(1).attempts().getFirst().literal()).isEqualTo("do orders");
    }

    @Test
    void sideBySideOnlyWhatTheLastStepWaitedForIs() {
        journal.without(event -> event instanceof Event.StepBegan || event instanceof Event.StepEnded)
                .add(18.1, new Event.StepBegan(1, "drain", 1, ""))
                .add(19.6, new Event.StepEnded(1, "drain", 1, "done", 0, ""))
                .add(18.1, new Event.StepBegan(1, "orders", 1, ""))
                .add(19, new Event.StepEnded(1, "orders", 1, "done", 0, ""))
                .add(19, new Event.StepBegan(1, "undrain", 1, ""))
                .add(19.7, new Event.StepEnded(1, "undrain", 1, "done", 0, ""));

        assertThat(judge().steps())
                .filteredOn(StepReading::onCriticalPath)
                .extracting(StepReading::id)
                .containsExactly("orders", "undrain");
        assertThat(judge().figures().bottleneck()).contains("orders");
    }

    @Test
    void marksAreInOrder() {
        journal.breach(false, false);

        assertThat(judge().marks())
                .extracting(Mark::kind)
                .containsExactly(
                        Mark.Kind.CHANGE,
                        Mark.Kind.WATCH,
                        Mark.Kind.DEVIATION,
                        Mark.Kind.FIRST_BAD,
                        Mark.Kind.DETECTED,
                        Mark.Kind.ROLLBACK,
                        Mark.Kind.RECOVERED);
        assertThat(judge().marks().getFirst().label()).isEqualTo("orders 2.0");
        assertThat(judge().marks().get(2).until()).hasValue(at(22.45));
    }

    @Test
    void seriesHasAPointForEverySecond() {
        RunSummary.Series candidate = judge().series().getFirst();

        assertThat(candidate.arm()).isEqualTo("candidate");
        assertThat(candidate.points()).hasSize(15);
        assertThat(candidate.points().getFirst())
                .isEqualTo(new RunSummary.Point(8 * SECOND, 50, 0, SECOND / 100, SECOND / 100));
    }

    @Test
    void rulesTellTheirWorstAndWhetherTheControlSharesIt() {
        journal.breach(true, false).add(19, new Event.RuleBlind(1, "candidate", "errors", at(17.6)));

        RunSummary.RuleReading slow = judge().rules().get(1);

        assertThat(slow.worstCandidate()).hasValue(2.31);
        assertThat(slow.worstControl()).hasValue(2.2);
        assertThat(slow.brokeAt()).hasValue(at(17));
        assertThat(slow.sharedByControl()).isTrue();
        assertThat(judge().rules().getFirst().blindNanos())
                .as("until the rollback")
                .isEqualTo(at(0.5));
    }

    @Test
    void betterOrderIsReadFromItsPairs() {
        journal.add(40, new Event.PlanProposed(Map.of("orders", List.of()), at(1), at(2), "orders needs nothing"))
                .add(41, new Event.PairRun(1, 2, "written", OptionalLong.of(at(2)), at(2)))
                .add(42, new Event.PairRun(1, 3, "proposed", OptionalLong.empty(), at(1)))
                .add(43, new Event.PlanDecided("failed", 0, 0, 1));

        RunSummary.PlanReading plan = judge().plan().orElseThrow();

        assertThat(plan.isKept()).isFalse();
        assertThat(plan.pairs()).containsExactly(new Pair(1, OptionalLong.of(at(2)), OptionalLong.empty()));
        assertThat(plan.why()).isEqualTo("orders needs nothing");
    }

    @Test
    void deviationsTellWhatWasAskedAndAchieved() {
        RunSummary.DeviationReading reading = judge().deviations().getFirst();

        assertThat(reading.target()).isEqualTo("orders->payments");
        assertThat(reading.on()).isEqualTo("both arms");
        assertThat(reading.requested()).isEqualTo("400ms");
        assertThat(reading.achieved()).isEqualTo("401 ms");
        assertThat(reading.undoneVerified()).isTrue();
    }

    @Test
    void whatWasNotCheckedIsListed() {
        journal.withoutExchanges(record -> record.write() && record.intended() > at(14))
                .record(new ExchangeRecord(
                        1,
                        9_001,
                        1,
                        "GET gateway/rare",
                        false,
                        200,
                        true,
                        at(9),
                        at(9),
                        at(9.1),
                        200,
                        Outcome.ACKNOWLEDGED));

        RunSummary summary = judge();

        assertThat(summary.notChecked())
                .contains(
                        "route POST gateway/orders: no traffic reached it after the change",
                        "route GET gateway/rare: only 1 exchanges before the change, too few to say whether the shadow is"
                                + " faithful",
                        "service nightly: not started in the shadow",
                        "Too little traffic after the rollback: 0 of 10 writes.");
        assertThat(summary.notChecked()).doesNotContain(summary.verdict().reason());
    }

    /// Many sound routes of the same shape must not outweigh the one that is not.
    @Test
    void aRouteThatCanBeJudgedAloneIsWhateverItsNameHasOfANumber() {
        for (int i = 0; i < 600; i++) {
            int page = i % 6;
            journal.record(new ExchangeRecord(
                    1,
                    9_000 + i,
                    1,
                    "GET gateway/pages/p" + page,
                    false,
                    200,
                    true,
                    at(9),
                    at(9),
                    at(9.1),
                    page == 3 && i < 30 ? 404 : 200,
                    Outcome.ACKNOWLEDGED));
        }

        assertThat(judge().fidelity())
                .anyMatch(route -> route.route().equals("GET gateway/pages/p3") && route.agreement() == 0.95)
                .noneMatch(route -> route.route().equals("GET gateway/pages/{}"));
    }

    @Test
    void manyRareRoutesOfOneShapeAreOne() {
        for (int i = 0; i < 6; i++) {
            journal.record(new ExchangeRecord(
                    1,
                    9_000 + i,
                    1,
                    "GET gateway/books/book-" + i,
                    false,
                    200,
                    true,
                    at(9),
                    at(9),
                    at(9.1),
                    200,
                    Outcome.ACKNOWLEDGED));
        }

        assertThat(judge().fidelity())
                .anyMatch(route -> route.route().equals("GET gateway/books/{}") && route.exchanges() == 6);
    }

    @Test
    void rareRoutesAreJudgedTogether() {
        for (int i = 0; i < 6; i++) {
            journal.record(new ExchangeRecord(
                    1,
                    9_000 + i,
                    1,
                    "GET gateway/rare" + i % 3,
                    false,
                    200,
                    true,
                    at(9),
                    at(9),
                    at(9.1),
                    404,
                    Outcome.REFUSED));
        }

        assertThat(judge().verdict().reason()).contains("routes with fewer than 5 exchanges");
    }

    @Test
    void expectationIsMetOrNot() {
        scenario.expect = Optional.of(
                new Expectation(Scenarios.at(3), Optional.of("GO"), Optional.of("REVERSIBLE"), Optional.of(List.of())));
        assertThat(judge().expectation().orElseThrow().met()).isTrue();
        assertThat(judge().expectation().orElseThrow().expected()).isEqualTo("GO, REVERSIBLE");

        scenario.expect =
                Optional.of(new Expectation(Scenarios.at(3), Optional.of("NO_GO"), Optional.empty(), Optional.empty()));
        assertThat(judge().expectation().orElseThrow().met()).isFalse();
    }

    @Test
    void trafficAndIdentityAreToldAsRecorded() {
        RunSummary summary = judge();

        assertThat(summary.traffic().exchanges()).isEqualTo(725);
        assertThat(summary.traffic().writes()).isEqualTo(181);
        assertThat(summary.traffic().perSecond()).isBetween(49.9, 50.2);
        assertThat(summary.identity().runId()).isEqualTo("run-1");
        assertThat(summary.identity().sources()).containsEntry("shop.yaml", "ab12");
        assertThat(summary.changes().getFirst().toDigest()).isEqualTo("d2");
        assertThat(summary.trials()).singleElement().satisfies(trial -> {
            assertThat(trial.outcome()).isEqualTo("proven");
            assertThat(trial.makespan()).isEqualTo(at(1.6));
        });
    }

    @Test
    void aNullChangeIsToldAsTheSameVersionDeployedAgain() {
        assertThat(judge().changes().getFirst().label()).isEqualTo("orders 2.0");

        scenario.running = "2.0";

        assertThat(judge().changes().getFirst().label()).isEqualTo("orders 2.0, re-deployed, same version");
    }

    @Test
    void aNullChangeIsNotHeldToHaveChangedNothing() {
        scenario.running = "2.0";
        journal.each(Event.Shipped.class, e -> Journals.shipped(1, e.arm(), "d1", "d1", true));

        assertThat(judge().verdict().decision()).isEqualTo(Decision.GO);
    }
}
