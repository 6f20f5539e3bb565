package dev.understudy.analysis.judge;

import static dev.understudy.analysis.judge.Journals.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.Verdict;
import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.journal.Event;
import dev.understudy.journal.ExchangeRecord.Outcome;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.RollbackProcedure.AcceptedOneWay;
import dev.understudy.scenario.Scenario.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private final Scenarios scenario = new Scenarios();
    private final Journals journal = Journals.go();

    private RunSummary judge() {
        return Judge.judge(scenario.build(), journal.build());
    }

    private Verdict verdict() {
        return judge().verdict();
    }

    @Test
    void healthyChangeAndProvenRollbackAreAGo() {
        Verdict verdict = verdict();

        assertThat(verdict.decision()).as(verdict.reason()).isEqualTo(Decision.GO);
        assertThat(verdict.change()).isEqualTo(ChangeFinding.HEALTHY);
        assertThat(verdict.rollback()).isEqualTo(RollbackFinding.PROVEN);
        assertThat(verdict.reversibility().word()).isEqualTo("REVERSIBLE");
        assertThat(verdict.reason())
                .isEqualTo("No rule was broken by the change in 4.10 s, and the rollback recovered in 1.90 s of 10.0 s"
                        + " with nothing lost.");
        assertThat(verdict.measure()).isEqualTo("1.90 s of 10.0 s");
    }

    @Test
    void judgingTwiceGivesTheSame() {
        assertThat(judge()).isEqualTo(judge());
    }

    @Test
    void ruleThatOnlyTheCandidateBreaksIsANoGo() {
        journal.breach(false, false);

        Verdict verdict = verdict();

        assertThat(verdict.decision()).isEqualTo(Decision.NO_GO);
        assertThat(verdict.change()).isEqualTo(ChangeFinding.BREACHED);
        assertThat(verdict.rollback()).isEqualTo(RollbackFinding.PROVEN);
        assertThat(verdict.reversibility().word()).isEqualTo("REVERSIBLE");
        assertThat(verdict.reason())
                .isEqualTo(
                        "The change breaks rule slow under slow-payments: latency-p99 of gateway reached 2.31 s, limit"
                                + " 400ms; the control, treated the same, stayed at 120 ms.");
        assertThat(verdict.decidedBy()).contains("slow");
        assertThat(verdict.place().orElseThrow().line()).isEqualTo(32);
        assertThat(verdict.measure()).isEqualTo("2.31 s of 400ms");
    }

    @Test
    void breachThatTheControlSharesIsNotHeldAgainstTheChange() {
        journal.breach(true, false);

        assertThat(verdict().decision()).isEqualTo(Decision.GO);
    }

    @Test
    void controlThatBreaksTheRuleAMomentLaterSharesItToo() {
        journal.breach(false, false).add(17.4, new Event.RuleBroke(1, "control", "slow", 2, 0.4, at(15.5)));

        assertThat(verdict().decision()).isEqualTo(Decision.GO);
    }

    @Test
    void controlThatBreaksTheRuleMuchLaterDoesNotShareIt() {
        journal.breach(false, false).add(17.6, new Event.RuleBroke(1, "control", "slow", 2, 0.4, at(15.5)));

        assertThat(verdict().change()).isEqualTo(ChangeFinding.BREACHED);
    }

    @Test
    void deviationOnTheCandidateAloneExcusesItsBreach() {
        scenario.deviations =
                List.of(Scenarios.deviation("slow-payments", Optional.empty(), DeviationSpec.Scope.CANDIDATE, false));
        journal.breach(false, true)
                .without(event -> event instanceof Event.DeviationBegan began
                        && began.arm().equals("control"));

        assertThat(verdict().decision()).isEqualTo(Decision.GO);
    }

    @Test
    void gapInOneRuleDoesNotExcuseABreachOfAnother() {
        scenario.deviations = List.of(Scenarios.gap("errors"));
        for (String arm : List.of("control", "candidate")) {
            journal.add(15, new Event.DeviationBegan(1, "gap", arm, "gap"))
                    .add(22.4, new Event.DeviationEnded(1, "gap", arm, "", true));
        }
        journal.breach(false, true);

        assertThat(verdict().change()).isEqualTo(ChangeFinding.BREACHED);
    }

    @Test
    void engineCannotExcuseABreachByWordAlone() {
        journal.breach(false, true);

        assertThat(verdict().change()).isEqualTo(ChangeFinding.BREACHED);
    }

    @Test
    void ruleBrokenAloneThatWasNotEnoughForABreachLeavesTheChangeUnknown() {
        scenario.trigger = new Trigger.AtLeast(2);
        journal.add(17, new Event.RuleBroke(1, "candidate", "slow", 2.31, 0.4, at(15.5)));

        Verdict verdict = verdict();

        assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(verdict.change()).isEqualTo(ChangeFinding.UNKNOWN);
        assertThat(verdict.decidedBy()).contains("slow");
    }

    @Test
    void changedServiceThatDoesNotBecomeHealthyIsABreach() {
        journal.without(event ->
                        event instanceof Event.Shipped shipped && shipped.arm().equals("candidate"))
                .add(13, Journals.shipped(1, "candidate", "d1", "d2", false));

        Verdict verdict = verdict();

        assertThat(verdict.change()).isEqualTo(ChangeFinding.BREACHED);
        assertThat(verdict.reason()).isEqualTo("Shipping orders 2.0 failed: boom.");
        assertThat(verdict.place().orElseThrow().line()).isEqualTo(20);
    }

    @Test
    void changedServiceThatIsUnhealthyInBothArmsSaysNothing() {
        journal.without(Event.Shipped.class)
                .add(13, Journals.shipped(1, "candidate", "d1", "d2", false))
                .add(13, Journals.shipped(1, "control", "d1", "d1", false))
                .add(14, new Event.Breached(1, List.of("health"), at(14), false, false, "not healthy"));

        Verdict verdict = verdict();

        assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(verdict.change()).isEqualTo(ChangeFinding.UNKNOWN);
    }

    @Test
    void unfaithfulShadowIsInconclusiveWhateverElseWasFound() {
        journal.breach(false, false)
                .exchanges(record -> record.control() && record.write() && record.exchange() % 8 == 0
                        ? Journals.answered(record, 500, Outcome.REFUSED)
                        : record);

        Verdict verdict = verdict();

        assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("POST gateway/orders").contains("live 200, control 500: 25 of 50");
        assertThat(verdict.change()).isEqualTo(ChangeFinding.BREACHED);
        assertThat(verdict.decidedBy()).contains("fidelity");
    }

    @Test
    void lostWritesAreANoGoWithTheirExactNumber() {
        journal.each(
                        Event.LedgerRead.class,
                        read -> new Event.LedgerRead(1, read.entry(), 120, 37, 0, at(8.4), List.of()))
                .each(Event.DataCompared.class, _ -> Journals.data(1, 36, 0, 0, List.of(), List.of()))
                .add(23, new Event.LossDated(1, "POST gateway/orders", at(15), at(23.4)));

        Verdict verdict = verdict();

        assertThat(verdict.decision()).isEqualTo(Decision.NO_GO);
        assertThat(verdict.rollback()).isEqualTo(RollbackFinding.FAILED);
        assertThat(verdict.change()).isEqualTo(ChangeFinding.HEALTHY);
        assertThat(verdict.reversibility()).hasToString("REVERSIBLE_WITH_LOSS(37 rows, 8.4 s)");
        assertThat(verdict.reason()).startsWith("After the rollback 37 acknowledged writes are gone");
        assertThat(judge().figures().lost()).hasValue(37);
    }

    @Test
    void lossWithinTheBudgetIsAGoThatSaysSo() {
        scenario.lostWrites = 5;
        journal.each(
                Event.LedgerRead.class, read -> new Event.LedgerRead(1, read.entry(), 120, 2, 0, at(0.3), List.of()));

        Verdict verdict = verdict();

        assertThat(verdict.decision()).as(verdict.reason()).isEqualTo(Decision.GO);
        assertThat(verdict.reversibility().word()).isEqualTo("REVERSIBLE_WITH_LOSS");
        assertThat(verdict.reason()).contains("2 acknowledged writes lost");
    }

    @Test
    void rowsTheOldVersionCannotReadMeanThereIsNoWayBack() {
        unreadable();

        Verdict verdict = verdict();

        assertThat(verdict.decision()).isEqualTo(Decision.NO_GO);
        assertThat(verdict.reversibility().word()).isEqualTo("ONE_WAY");
        assertThat(verdict.reason()).contains("can't read 12 of 120 keys");
        assertThat(verdict.place().orElseThrow().line()).isEqualTo(50);
    }

    private void unreadable() {
        journal.each(
                Event.LedgerRead.class, read -> new Event.LedgerRead(1, read.entry(), 120, 12, 12, at(1), List.of()));
    }

    @Test
    void acceptedOneWayIsAGoThatSaysSoUntilItExpires() {
        unreadable();
        scenario.accept = Optional.of(new AcceptedOneWay(Scenarios.at(41), "we rebuild", "K. Vogt", "2026-11-21"));
        RunSummary inForce = judge();
        scenario.accept = Optional.of(new AcceptedOneWay(Scenarios.at(41), "we rebuild", "K. Vogt", "2026-11-20"));
        RunSummary expired = judge();

        assertThat(inForce.verdict().decision()).as(inForce.verdict().reason()).isEqualTo(Decision.GO);
        assertThat(inForce.verdict().rollback()).isEqualTo(RollbackFinding.FAILED);
        assertThat(inForce.verdict().reversibility().word()).isEqualTo("ONE_WAY");
        assertThat(inForce.acceptedOneWay()).contains("we rebuild (accepted by K. Vogt until 2026-11-21)");
        assertThat(expired.verdict().decision()).isEqualTo(Decision.NO_GO);
        assertThat(expired.verdict().reason())
                .contains("can't read 12 of 120 keys")
                .endsWith(" That K. Vogt accepted it does not count: this expired on 2026-11-20, and the run began on"
                        + " 2026-11-21.");
        assertThat(expired.acceptedOneWay()).isEmpty();
    }

    @Test
    void acceptedOneWayDoesNotCountIfTheDayOfTheRunIsNotOnRecord() {
        unreadable();
        scenario.accept = Optional.of(new AcceptedOneWay(Scenarios.at(41), "we rebuild", "K. Vogt", "2030-01-01"));
        journal.each(
                Event.RunStarted.class,
                started -> new Event.RunStarted(
                        started.schema(),
                        started.runId(),
                        started.tool(),
                        "today",
                        started.scenarioFile(),
                        started.seed(),
                        started.sources(),
                        started.machine(),
                        started.again()));

        RunSummary summary = judge();

        assertThat(summary.verdict().decision()).isEqualTo(Decision.NO_GO);
        assertThat(summary.verdict().reason()).contains("the day of the run is not on record");
        assertThat(summary.acceptedOneWay()).isEmpty();
    }

    @Test
    void expiredAcceptanceIsNotMentionedWhereThereIsAWayBack() {
        scenario.accept = Optional.of(new AcceptedOneWay(Scenarios.at(41), "we rebuild", "K. Vogt", "2026-11-20"));

        assertThat(verdict().decision()).isEqualTo(Decision.GO);
        assertThat(verdict().reason()).doesNotContain("expired");
    }

    @Test
    void acceptedOneWayDoesNotExcuseABreach() {
        unreadable();
        scenario.accept = Optional.of(new AcceptedOneWay(Scenarios.at(41), "we rebuild", "K. Vogt", "2030-01-01"));
        journal.breach(false, false);

        assertThat(verdict().decision()).isEqualTo(Decision.NO_GO);
    }

    @Test
    void irreversibleStepIsOneWayAlthoughTheRollbackIsProven() {
        scenario.irreversible = true;

        Verdict verdict = verdict();

        assertThat(verdict.decision()).isEqualTo(Decision.NO_GO);
        assertThat(verdict.rollback()).isEqualTo(RollbackFinding.PROVEN);
        assertThat(verdict.reversibility().word()).isEqualTo("ONE_WAY");
        assertThat(verdict.decidedBy()).contains("orders");
    }

    @Test
    void notRecoveringAfterEveryStepSucceededIsOneWay() {
        journal.each(Event.Recovery.class, _ -> new Event.Recovery(1, false, 0, "errors 12.0 %, control 0.0 %"));

        Verdict verdict = verdict();

        assertThat(verdict.decision()).isEqualTo(Decision.NO_GO);
        assertThat(verdict.reversibility().word()).isEqualTo("ONE_WAY");
        assertThat(verdict.reason())
                .isEqualTo("After every step succeeded the old version did not recover within 10.0 s: errors 12.0 %,"
                        + " control 0.0 %.");
    }

    @Test
    void failedStepIsANoGoThatNamesIt() {
        journal.each(
                        Event.StepEnded.class,
                        ended -> ended.step().equals("undrain")
                                ? new Event.StepEnded(1, "undrain", 1, "timed out", 124, "nothing after 30 s")
                                : ended)
                .each(Event.RollbackEnded.class, _ -> new Event.RollbackEnded(1, false));

        Verdict verdict = verdict();

        assertThat(verdict.decision()).isEqualTo(Decision.NO_GO);
        assertThat(verdict.rollback()).isEqualTo(RollbackFinding.FAILED);
        assertThat(verdict.reason()).isEqualTo("Step undrain of the rollback timed out: nothing after 30 s.");
        assertThat(verdict.decidedBy()).contains("undrain");
        assertThat(verdict.place().orElseThrow().line()).isEqualTo(44);
    }

    @Test
    void secondAttemptThatSucceedsIsASuccess() {
        journal.each(
                        Event.StepEnded.class,
                        ended -> ended.step().equals("drain")
                                ? new Event.StepEnded(1, "drain", 1, "failed", 1, "busy")
                                : ended)
                .add(18.31, new Event.StepBegan(1, "drain", 2, "do drain"))
                .add(18.32, new Event.StepEnded(1, "drain", 2, "done", 0, ""));

        assertThat(verdict().decision()).isEqualTo(Decision.GO);
        assertThat(judge().steps().getFirst().attempts()).hasSize(2);
    }

    @Test
    void oldVersionThatDoesNotStartAnyMoreIsOneWay() {
        journal.each(Event.StepEnded.class, ended -> switch (ended.step()) {
                    case "orders" -> new Event.StepEnded(1, "orders", 1, "failed", 1, "schema is too new");
                    case "undrain" -> new Event.StepEnded(1, "undrain", 1, "skipped", 0, "needs 'orders'");
                    default -> ended;
                })
                .each(Event.RollbackEnded.class, _ -> new Event.RollbackEnded(1, false));

        assertThat(verdict().reversibility().word()).isEqualTo("ONE_WAY");
        assertThat(verdict().decidedBy()).contains("orders");
    }

    @Test
    void recoveryOverBudgetIsANoGo() {
        journal.each(Event.Recovery.class, _ -> new Event.Recovery(1, true, at(Journals.ROLLBACK + 10.1), ""));

        Verdict verdict = verdict();

        assertThat(verdict.decision()).isEqualTo(Decision.NO_GO);
        assertThat(verdict.measure()).isEqualTo("10.1 s of 10.0 s");
        assertThat(verdict.reversibility().word()).isEqualTo("REVERSIBLE");
    }

    @Test
    void downtimeOverBudgetIsANoGo() {
        journal.exchanges(record -> !record.control() && record.intended() >= at(17) && record.intended() < at(19.2)
                ? Journals.answered(record, 503, Outcome.REFUSED)
                : record);

        Verdict verdict = verdict();

        assertThat(verdict.decision()).isEqualTo(Decision.NO_GO);
        assertThat(verdict.measure()).isEqualTo("2.20 s of 2.00 s");
        assertThat(verdict.decidedBy()).contains("downtime");
    }

    @Test
    void deviationThatMustBreachAndIsNotSeenIsADetectionGap() {
        scenario.deviations =
                List.of(Scenarios.deviation("slow-payments", Optional.empty(), DeviationSpec.Scope.ALL, true));

        Verdict unseen = verdict();
        journal.breach(true, false);

        assertThat(unseen.decision()).isEqualTo(Decision.NO_GO);
        assertThat(unseen.reason()).contains("No rule saw deviation slow-payments");
        assertThat(verdict().decision()).isEqualTo(Decision.GO);
    }

    @Test
    void recoveryAfterADeviationEndedByItselfIsNotCredited() {
        scenario.deviations = List.of(Scenarios.deviation(
                "slow-payments", Optional.of(Duration.ofSeconds(4)), DeviationSpec.Scope.ALL, false));
        journal.without(Event.DeviationEnded.class);
        for (String arm : List.of("control", "candidate")) {
            journal.add(19, new Event.DeviationEnded(1, "slow-payments", arm, "", true));
        }

        Verdict verdict = verdict();

        assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(verdict.rollback()).isEqualTo(RollbackFinding.UNTESTED);
        assertThat(verdict.reason()).contains("slow-payments ended before the candidate recovered");
    }

    @Test
    void brokenChangeAndFailedRollbackAreBothTold() {
        journal.breach(false, false).add(23, new Event.LeftBehind(1, "process 4711"));

        Verdict verdict = verdict();

        assertThat(verdict.reason())
                .isEqualTo("The rollback left something behind: process 4711. Besides: "
                        + "The change breaks rule slow under slow-payments: latency-p99 of gateway reached 2.31 s, limit 400ms; "
                        + "the control, treated the same, stayed at 120 ms.");
    }

    @Test
    void tooLittleTrafficDoesNotTakeBackANoGo() {
        journal.breach(false, false).withoutExchanges(record -> record.intended() > at(14.2));

        assertThat(verdict().decision()).isEqualTo(Decision.NO_GO);
    }

    @Test
    void laterTrialCanOnlyMakeItWorse() {
        journal.trial(2, 30, "written").trial(3, 60, "proposed");
        assertThat(verdict().decision()).isEqualTo(Decision.GO);

        journal.without(event -> event instanceof Event.DataCompared data && data.trial() > 1);
        assertThat(verdict().decision()).as("missing data of a later trial").isEqualTo(Decision.GO);

        journal.add(83, new Event.LeftBehind(3, "x"));
        assertThat(verdict().decision()).as("another plan").isEqualTo(Decision.GO);

        journal.add(53, new Event.LeftBehind(2, "x"));
        assertThat(verdict().decision()).isEqualTo(Decision.NO_GO);
        assertThat(verdict().reason()).startsWith("In trial 2 of 3: The rollback left");
    }

    @Test
    void laterTrialThatBreachesIsANoGo() {
        journal.trial(2, 30, "written")
                .add(42, new Event.RuleBroke(2, "candidate", "errors", 0.5, 0.02, at(41)))
                .add(42, new Event.Breached(2, List.of("errors"), at(41), false, false, "rule errors"));

        assertThat(verdict().change()).isEqualTo(ChangeFinding.BREACHED);
        assertThat(verdict().decision()).isEqualTo(Decision.NO_GO);
    }
}
