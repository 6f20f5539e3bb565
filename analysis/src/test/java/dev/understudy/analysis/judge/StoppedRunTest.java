package dev.understudy.analysis.judge;

import static dev.understudy.analysis.judge.Journals.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.RunSummary.LiveSign;
import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.journal.Event;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// What is said of a run that was stopped for live's sake.
class StoppedRunTest {
    private static final Event SUFFERS = new Event.LiveSuffers("latency-p99", 0.012, 1.3, 1.012, at(15));

    @Test
    void whatTheTrialThatWasCutShortSeemsToShowIsNotHeldAgainstAnybody() {
        RunSummary run = judged(failed().each(Event.StageEnded.class, StoppedRunTest::cutAtVerify)
                .add(23, SUFFERS));

        assertThat(run.verdict().decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(run.verdict().change()).isEqualTo(ChangeFinding.UNKNOWN);
        assertThat(run.verdict().rollback()).isEqualTo(RollbackFinding.UNTESTED);
        assertThat(run.verdict().reason()).isEqualTo("Stopped: live's p99 rose from 12 ms to 1.30 s over 15.0 s.");
        assertThat(run.verdict().measure()).isEqualTo("1.30 s of 1.01 s");
    }

    @Test
    void aNoGoOfATrialThatWasThroughStandsWhenALaterOneIsCutShort() {
        RunSummary run = judged(failed().add(25.5, SUFFERS));

        assertThat(run.verdict().decision()).isEqualTo(Decision.NO_GO);
        assertThat(run.verdict().rollback()).isEqualTo(RollbackFinding.FAILED);
        assertThat(run.notChecked()).anyMatch(line -> line.startsWith("Stopped: live's p99 rose"));
    }

    @Test
    void aLaterTrialThatWasCutShortSaysNothing() {
        Journals second = Journals.go()
                .trial(2, 30, "written")
                .each(
                        Event.RollbackEnded.class,
                        ended -> ended.trial() == 2 ? new Event.RollbackEnded(2, false) : ended);
        assertThat(judged(second).verdict().decision()).isEqualTo(Decision.NO_GO);

        RunSummary run =
                judged(second.each(Event.StageEnded.class, ended -> ended.trial() == 2 ? cutAtVerify(ended) : ended)
                        .add(48, SUFFERS));

        assertThat(run.verdict().decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(run.verdict().rollback()).isEqualTo(RollbackFinding.PROVEN);
        assertThat(run.verdict().reason()).startsWith("Stopped: ");
    }

    @Test
    void everySignThatStopsARunIsSaidInWords() {
        assertThat(reason("io-pressure", 0.02, 0.85, 0.8))
                .isEqualTo("Stopped: the io pressure on live's host rose from 2.0 % to 85.0 % over 15.0 s.");
        assertThat(reason("answers", 59.6, 0, 0))
                .isEqualTo("Stopped: live answered nothing for 15.0 s, after 60 requests a second before.");
    }

    private static String reason(String sign, double before, double reached, double limit) {
        return judged(Journals.go().add(25, new Event.LiveSuffers(sign, before, reached, limit, at(15))))
                .verdict()
                .reason();
    }

    @Test
    void howLiveFaredStandsBesideItsLimitsAndWhatNobodySawIsNotChecked() {
        RunSummary run = judged(Journals.go()
                .add(5, new Event.LiveLearned(0, Map.of("io-pressure", 0.1), Map.of("io-pressure", 0.8)))
                .add(25, new Event.LiveWatched(0, Map.of("io-pressure", 0.3))));

        assertThat(run.live())
                .containsExactly(new LiveSign(
                        "io-pressure", OptionalDouble.of(0.1), OptionalDouble.of(0.3), OptionalDouble.of(0.8)));
        assertThat(run.notChecked())
                .contains(
                        "live's own latency beside the shadow: the traffic is recorded",
                        "the memory pressure on live's host: it can't be seen here");
        assertThat(run.verdict().decision()).isEqualTo(Decision.GO);
    }

    private static Journals failed() {
        return Journals.go().each(Event.RollbackEnded.class, _ -> new Event.RollbackEnded(1, false));
    }

    private static Event.StageEnded cutAtVerify(Event.StageEnded ended) {
        return ended.stage().equals("verify") ? new Event.StageEnded(ended.trial(), "verify", "interrupted") : ended;
    }

    private static RunSummary judged(Journals journal) {
        return Judge.judge(new Scenarios().build(), journal.build());
    }
}
