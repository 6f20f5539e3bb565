package dev.understudy.analysis.judge;

import static dev.understudy.analysis.judge.Journals.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.journal.Event;
import dev.understudy.journal.ExchangeRecord;
import dev.understudy.journal.ExchangeRecord.Outcome;
import dev.understudy.journal.Journal;
import dev.understudy.scenario.ShadowSpec.Isolation;
import dev.understudy.scenario.Traffic;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Takes the journal of a GO and removes or damages one thing: the verdict must not be GO any more.
class NeverGoTest {

    private static Arguments damage(String what, String reason, Consumer<Journals> damage) {
        return Arguments.of(what, Decision.INCONCLUSIVE, reason, damage);
    }

    private static Arguments fault(String what, String reason, Consumer<Journals> damage) {
        return Arguments.of(what, Decision.NO_GO, reason, damage);
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                        Stream.of(
                                damage("no beginning", "record of the run", j -> j.without(Event.RunStarted.class)),
                                damage("no end", "record of the run", j -> j.without(Event.RunEnded.class)),
                                damage(
                                        "a stop for live's sake after the trial",
                                        "Stopped: live's p99 rose from 12 ms to 1.30 s over 15.0 s",
                                        j -> j.add(
                                                25, new Event.LiveSuffers("latency-p99", 0.012, 1.3, 1.012, at(15)))),
                                damage("a bug", "bug", j -> j.add(25, new Event.Failed("bug", "null"))),
                                damage(
                                        "a shortened record",
                                        "shortened",
                                        j -> j.add(20, new Event.RecordShortened(9_000, List.of("Runs")))),
                                damage("no probes", "not probed", j -> j.without(Event.Probed.class)),
                                damage(
                                        "a probe that got out",
                                        "not shut in",
                                        j -> j.add(
                                                4.6,
                                                new Event.Probed(
                                                        "candidate", "write to live's data", false, "it worked"))),
                                damage(
                                        "a stage that ended early",
                                        "ended early",
                                        j -> j.each(
                                                Event.StageEnded.class,
                                                e -> e.stage().equals("verify")
                                                        ? new Event.StageEnded(1, "verify", "out of memory")
                                                        : e)),
                                damage(
                                        "nothing to compare the shadow with",
                                        "faithful is not known",
                                        j -> j.exchanges(NeverGoTest::withoutLiveStatus)),
                                damage(
                                        "a route of which live's answers were not recorded",
                                        "faithful on POST gateway/orders (50 exchanges) is not known",
                                        j -> j.exchanges(r -> r.write() ? withoutLiveStatus(r) : r)),
                                damage(
                                        "a route of which few of live's answers were recorded",
                                        "faithful on POST gateway/orders (46 exchanges) is not known",
                                        j -> j.exchanges(
                                                r -> r.write() && r.exchange() > 16 ? withoutLiveStatus(r) : r)),
                                damage(
                                        "no baseline",
                                        "faithful is not known",
                                        j -> j.without(e -> e instanceof Event.StageBegan s
                                                && s.stage().equals("baseline")))),
                        Stream.of(
                                damage(
                                        "no watch",
                                        "before the rules had watched",
                                        j -> j.without(Event.WatchBegan.class)),
                                damage(
                                        "nothing shipped",
                                        "not on record as shipped",
                                        j -> j.without(Event.Shipped.class)),
                                damage(
                                        "a change that changes nothing",
                                        "changed nothing",
                                        j -> j.each(
                                                Event.Shipped.class,
                                                e -> Journals.shipped(1, e.arm(), "d1", "d1", true))),
                                damage(
                                        "a rule that did not watch",
                                        "Rule slow had no data",
                                        j -> j.without(e -> e instanceof Event.RuleWatched w
                                                && w.rule().equals("slow"))),
                                damage(
                                        "a rule without data in the control",
                                        "no data in the control",
                                        j -> j.each(
                                                Event.RuleWatched.class,
                                                e -> new Event.RuleWatched(
                                                        1,
                                                        e.arm(),
                                                        e.rule(),
                                                        e.arm().equals("control") ? Double.NaN : e.worst()))),
                                damage(
                                        "a lost metric",
                                        "no data for 2.10 s of the 4.10 s",
                                        j -> j.add(19, new Event.RuleBlind(1, "candidate", "errors", at(16)))),
                                damage(
                                        "a metric lost in the control",
                                        "no data for",
                                        j -> j.add(17.5, new Event.RuleBlind(1, "control", "errors", at(15)))),
                                damage("a metric that comes and goes", "no data for 2.40 s", j -> {
                                    j.add(15.2, new Event.RuleBlind(1, "candidate", "errors", at(14)));
                                    j.add(17, new Event.RuleBlind(1, "candidate", "errors", at(15.8)));
                                }),
                                damage(
                                        "too little traffic before the rollback",
                                        "between change and rollback",
                                        j -> j.withoutExchanges(
                                                r -> r.intended() > at(14.5) && r.intended() < at(18.1))),
                                damage(
                                        "no writes before the rollback",
                                        "0 of 10 writes",
                                        j -> j.withoutExchanges(
                                                r -> r.write() && r.intended() > at(14) && r.intended() < at(18.1))),
                                damage(
                                        "a deviation that never acted",
                                        "never acted on the control",
                                        j -> j.without(e -> e instanceof Event.DeviationBegan d
                                                && d.arm().equals("control"))),
                                damage("a hasty drill", "The drill began after", j -> {
                                    j.without(Event.WatchBegan.class).add(17, new Event.WatchBegan(1));
                                })),
                        Stream.of(
                                damage(
                                        "no rollback",
                                        "before the rules had watched",
                                        j -> j.without(Event.RollbackBegan.class)),
                                damage(
                                        "a step nobody saw end",
                                        "not on record as ended",
                                        j -> j.without(e -> e instanceof Event.StepEnded s
                                                && s.step().equals("undrain"))),
                                damage(
                                        "a rollback nobody saw end",
                                        "did not end",
                                        j -> j.without(Event.RollbackEnded.class)),
                                damage(
                                        "no word on recovery",
                                        "recovered is not on record",
                                        j -> j.without(Event.Recovery.class)),
                                damage(
                                        "too little traffic to tell recovery",
                                        "Too little traffic",
                                        j -> j.each(
                                                Event.Recovery.class,
                                                _ -> new Event.Recovery(1, false, 0, "too little traffic to tell"))),
                                damage(
                                        "too little traffic after the rollback",
                                        "after the rollback",
                                        j -> j.withoutExchanges(r -> r.intended() > at(20))),
                                damage(
                                        "a deviation not undone",
                                        "was undone is not on record",
                                        j -> j.each(
                                                Event.DeviationEnded.class,
                                                e -> new Event.DeviationEnded(1, e.id(), e.arm(), "", false))),
                                damage(
                                        "users refused after recovery",
                                        "refused",
                                        j -> j.exchanges(
                                                r -> !r.control() && r.intended() > at(21) && r.exchange() % 10 == 0
                                                        ? Journals.answered(r, 404, Outcome.REFUSED)
                                                        : r)),
                                damage(
                                        "state not compared",
                                        "was not compared",
                                        j -> j.without(Event.StateCompared.class)),
                                damage(
                                        "data not compared",
                                        "data of db was not compared",
                                        j -> j.without(Event.DataCompared.class)),
                                damage(
                                        "data not compared in full",
                                        "Not all data of db",
                                        j -> j.each(
                                                Event.DataCompared.class,
                                                _ -> Journals.data(
                                                        1, 0, 0, 0, List.of(), List.of("table big is too large")))),
                                damage(
                                        "differences nobody can explain",
                                        "no request explains it",
                                        j -> j.each(
                                                Event.DataCompared.class,
                                                _ -> Journals.data(1, 0, 3, 2, List.of(), List.of()))),
                                damage("ledger not read", "was not read", j -> j.without(Event.LedgerRead.class)),
                                damage(
                                        "ledger without keys",
                                        "nothing to check",
                                        j -> j.each(
                                                Event.LedgerRead.class,
                                                e -> new Event.LedgerRead(1, e.entry(), 0, 0, 0, 0, List.of()))),
                                damage(
                                        "writes not counted",
                                        "not on record",
                                        j -> j.without(Event.WritesCompared.class)),
                                damage(
                                        "too few writes compared",
                                        "Only 161 of 180",
                                        j -> j.each(
                                                Event.WritesCompared.class,
                                                _ -> new Event.WritesCompared(1, 180, 161)))),
                        Stream.of(
                                fault(
                                        "the effect of the revert is gone",
                                        "does not run what it ran",
                                        j -> j.each(
                                                Event.StateCompared.class,
                                                _ -> new Event.StateCompared(1, "orders#0", false, "d1", "d2"))),
                                fault(
                                        "something left behind",
                                        "left something behind",
                                        j -> j.add(23, new Event.LeftBehind(1, "process 4711"))),
                                fault(
                                        "the undo migration skipped",
                                        "structure of db differs",
                                        j -> j.each(
                                                Event.DataCompared.class,
                                                _ -> Journals.data(
                                                        1, 0, 0, 0, List.of("left behind: column a"), List.of()))),
                                fault(
                                        "an acknowledged write dropped",
                                        "1 acknowledged write is gone",
                                        j -> j.each(
                                                Event.DataCompared.class,
                                                _ -> Journals.data(1, 1, 0, 0, List.of(), List.of()))),
                                fault(
                                        "a promise broken",
                                        "1 acknowledged write is gone",
                                        j -> j.each(
                                                Event.LedgerRead.class,
                                                e -> new Event.LedgerRead(1, e.entry(), 120, 1, 0, 0, List.of()))),
                                fault(
                                        "a failing step",
                                        "Step drain of the rollback failed",
                                        j -> j.each(
                                                Event.StepEnded.class,
                                                e -> e.step().equals("drain")
                                                        ? new Event.StepEnded(1, "drain", 1, "failed", 1, "no")
                                                        : e)),
                                fault(
                                        "a rollback that says it failed",
                                        "ended without success",
                                        j -> j.each(
                                                Event.RollbackEnded.class, _ -> new Event.RollbackEnded(1, false)))))
                .flatMap(all -> all);
    }

    private static ExchangeRecord withoutLiveStatus(ExchangeRecord r) {
        return new ExchangeRecord(
                r.trial(),
                r.exchange(),
                r.session(),
                r.route(),
                r.write(),
                0,
                r.control(),
                r.intended(),
                r.sent(),
                r.ended(),
                r.status(),
                r.outcome());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void withOneThingDamagedItIsNoGoAnyMore(String what, Decision decision, String reason, Consumer<Journals> damage) {
        Journals journal = Journals.go();
        damage.accept(journal);

        RunSummary summary = Judge.judge(new Scenarios().build(), journal.build());

        assertThat(summary.verdict().decision()).as(what).isEqualTo(decision);
        assertThat(summary.verdict().reason()).contains(reason);
    }

    @Test
    void recordingWithoutLivesAnswersIsToldHowToHoldThem() {
        Scenarios scenario = new Scenarios();
        scenario.source = new Traffic.Source.Capture("day.jsonl");
        Journal none = Journals.go().exchanges(NeverGoTest::withoutLiveStatus).build();
        Journal some = Journals.go()
                .exchanges(r -> r.write() ? withoutLiveStatus(r) : r)
                .build();

        for (Journal journal : List.of(none, some)) {
            RunSummary summary = Judge.judge(scenario.build(), journal);

            assertThat(summary.verdict().decision()).isEqualTo(Decision.INCONCLUSIVE);
            assertThat(summary.verdict().decidedBy()).contains("fidelity");
            assertThat(summary.verdict().reason())
                    .contains("faithful")
                    .endsWith(" The lines of day.jsonl may say it as \"status\".");
            assertThat(summary.notChecked())
                    .anySatisfy(
                            line -> assertThat(line).startsWith("route POST gateway/orders: what live answered to"));
        }
        assertThat(Judge.judge(scenario.build(), some).fidelity())
                .extracting(RunSummary.RouteFidelity::route)
                .containsExactly("GET gateway/catalogue");
    }

    @Test
    void fewExchangesWithoutLivesAnswerAreListedButNoObstacle() {
        Journal few = Journals.go()
                .exchanges(r -> r.exchange() <= 16 && r.write() ? withoutLiveStatus(r) : r)
                .build();

        assertThat(Judge.judge(new Scenarios().build(), few).verdict().decision())
                .isEqualTo(Decision.GO);
    }

    @Test
    void noPrefixOfAJournalIsAGo() {
        for (double until = 0; until < 26; until += 0.25) {
            Journal prefix = Journals.go().keepUntil(until).build();

            assertThat(Judge.judge(new Scenarios().build(), prefix).verdict().decision())
                    .as("until %s s", until)
                    .isNotEqualTo(Decision.GO);
        }
    }

    @Test
    void removingAnyKindOfDecidingEventIsNeverAnError() {
        for (Class<?> kind : Event.class.getPermittedSubclasses()) {
            Journal without = Journals.go().without(kind::isInstance).build();

            assertThat(Judge.judge(new Scenarios().build(), without)).isNotNull();
        }
        Journal nothing = new Journal(List.of(), List.of(), List.of(), List.of());
        assertThat(Judge.judge(new Scenarios().build(), nothing).verdict().decision())
                .isEqualTo(Decision.INCONCLUSIVE);
    }

    @Test
    void watchedArmsAreEnoughIfTheScenarioSaysSo() {
        Scenarios scenario = new Scenarios();
        scenario.isolation = Isolation.WATCHED;
        Journal leaky = Journals.go()
                .add(4.6, new Event.Probed("candidate", "connect to live", false, "it worked"))
                .build();

        RunSummary summary = Judge.judge(scenario.build(), leaky);

        assertThat(summary.verdict().decision()).isEqualTo(Decision.GO);
        assertThat(summary.isolation().level()).isEqualTo("watched");
        assertThat(summary.isolation().leaks()).hasSize(1);
    }
}
