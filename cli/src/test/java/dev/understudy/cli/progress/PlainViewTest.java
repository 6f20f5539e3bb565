package dev.understudy.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.journal.Event;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlainViewTest {
    private static Play play() {
        return new Play(new PlainView(new Paint(false)));
    }

    @Test
    void everyChangeOfStateOfOneTrialIsALine() {
        List<String> lines = play().begins().stage(0, "clone", 1).trial(1).lines();

        assertThat(lines)
                .contains(
                        "   0.0 s  rehearsing good.yaml as 20261121-114503-good-x7f3",
                        "   1.0 s  trial 1: start",
                        "  16.0 s  trial 1: change",
                        "  16.0 s  shipped orders 2.0",
                        "  21.0 s  BREACH: slow over 400 ms",
                        "  26.0 s  step step-6 done",
                        "  31.0 s  recovered");
        assertThat(lines).hasSize(20);
    }

    @Test
    void tenMinutesOfManyTrialsFitIntoSixtyLines() {
        Play play = play().begins().stage(0, "discover", 1).stage(0, "clone", 1).stage(0, "probe", 1);
        for (int trial = 1; trial <= 15; trial++) {
            play.trial(trial);
        }

        List<String> lines =
                play.stage(0, "dispose", 1, new Event.Disposed(List.of())).lines();

        assertThat(lines).hasSizeBetween(40, 60);
        assertThat(lines.getLast()).contains("shadow removed");
        assertThat(play.text()).doesNotContain("\u001b", "\r");
    }

    @Test
    void ofTheTrialsOfPairsOnlyTheirResultsAreTold() {
        Play play = play().begins();
        play.event(new Event.StageBegan(0, "optimize"));
        play.event(new Event.PlanProposed(Map.of(), 2_000_000_000L, 3_000_000_000L, ""));
        play.trial(2).event(new Event.PairRun(1, 2, "present", OptionalLong.of(3_100_000_000L), 1));
        play.event(new Event.PlanDecided("kept", 1, 1, 3));

        assertThat(play.lines())
                .containsSubsequence(
                        "   0.0 s  optimize",
                        "   0.0 s  a better order: 2.0 s instead of 3.0 s predicted",
                        "  40.0 s  pair 1, plan present: recovered after 3.1 s",
                        "  40.0 s  better order: kept")
                .noneMatch(line -> line.contains("trial 2: watch"));
    }

    @Test
    void whenNothingChangesALineComesEveryThirtySeconds() {
        List<String> lines = play().begins().stage(1, "baseline", 100).lines();

        assertThat(lines.subList(2, lines.size()))
                .containsExactly(
                        "  30.0 s  still in trial 1: baseline, for 30.0 s",
                        "  60.0 s  still in trial 1: baseline, for 60.0 s",
                        "  90.0 s  still in trial 1: baseline, for 90.0 s");
    }

    @Test
    void anAlarmIsToldHoweverMuchWasToldBefore() {
        Play play = play().begins();
        for (int trial = 1; trial <= 15; trial++) {
            play.trial(trial);
        }

        assertThat(play.event(new Event.Recovery(15, false, 0, "errors")).lines())
                .last()
                .asString()
                .contains("NOT recovered: errors");
    }

    @Test
    void howLongItWillTakeIsKnownFromAnEarlierRun() {
        Earlier run = new Earlier(
                List.of(
                        new Earlier.Took(0, "clone", 0, 10_000_000_000L),
                        new Earlier.Took(1, "baseline", 10_000_000_000L, 50_000_000_000L)),
                100_000_000_000L);

        List<String> lines = play().after(run)
                .begins()
                .stage(0, "clone", 5)
                .stage(1, "baseline", 61)
                .lines();

        assertThat(lines)
                .containsSubsequence(
                        "   0.0 s  clone, about 2 min left",
                        "   5.0 s  trial 1: baseline, about 1 min 30 s left",
                        "  35.0 s  still in trial 1: baseline, for 30.0 s, about 1 min left",
                        "  65.0 s  still in trial 1: baseline, for 60.0 s, about 40 s left");
    }

    @Test
    void whatAServicePrintedCanNotMoveTheCursor() {
        Play play = play().begins().event(new Event.Recovery(1, false, 0, "\u001b[2J\rall well\nGO"));

        assertThat(play.text()).doesNotContain("\u001b", "\r", "\nGO");
    }
}
