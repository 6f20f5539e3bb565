package dev.understudy.cli.progress;

import dev.understudy.journal.Event;
import java.util.Locale;
import java.util.Optional;

/// What an event means to somebody who waits.
///
/// @param weight how much it matters
/// @param trial the trial it is of; 0 for the run itself
/// @param text one line, without escape bytes
record Telling(Weight weight, int trial, String text) {

    /// How much something matters to somebody who waits.
    enum Weight {
        /// A stage began: `text` is its name.
        STAGE,
        /// Something happened as it may.
        DETAIL,
        /// What is compared by pairs of trials, over which all else of those trials is left out.
        RESULT,
        /// Something went wrong.
        ALARM
    }

    /// Empty if there is nothing to tell.
    static Optional<Telling> of(Event event) {
        return Optional.ofNullable(
                switch (event) {
                    case Event.RunStarted started ->
                        detail(0, "rehearsing " + started.scenarioFile() + " as " + started.runId());
                    case Event.StageBegan began -> new Telling(Weight.STAGE, began.trial(), began.stage());
                    case Event.Drifted drift ->
                        detail(0, "live differs from its files: " + drift.service() + " " + drift.field());
                    case Event.Probed probed
                    when !probed.held() -> alarm(0, "LEAK in the " + probed.arm() + " arm: " + probed.attempt());
                    case Event.Shipped shipped
                    when shipped.arm().equals("candidate") ->
                        shipped.healthy()
                                ? detail(shipped.trial(), "shipped " + shipped.label())
                                : alarm(shipped.trial(), "shipped " + shipped.label() + ": NOT healthy");
                    case Event.DeviationBegan began
                    when began.arm().equals("candidate") ->
                        detail(began.trial(), "deviation " + began.id() + ": " + began.requested());
                    case Event.RuleBroke broke
                    when broke.arm().equals("candidate") ->
                        detail(
                                broke.trial(),
                                "rule " + broke.rule() + " broken: " + number(broke.value()) + " over "
                                        + number(broke.limit()));
                    case Event.Breached breached -> detail(breached.trial(), "BREACH: " + breached.reason());
                    case Event.RollbackBegan began ->
                        detail(began.trial(), (began.drill() ? "drill" : "rollback") + " begins, plan " + began.plan());
                    case Event.StepEnded ended -> step(ended);
                    case Event.Recovery recovery ->
                        recovery.recovered()
                                ? detail(recovery.trial(), "recovered")
                                : alarm(recovery.trial(), "NOT recovered: " + recovery.because());
                    case Event.PlanProposed proposed -> result(proposed(proposed));
                    case Event.PairRun pair -> result(pair(pair));
                    case Event.PlanDecided decided -> result("better order: " + decided.decision());
                    case Event.LiveSuffers live ->
                        alarm(
                                0,
                                "STOPPING for live's sake: " + live.sign() + " " + number(live.reached()) + ", limit "
                                        + number(live.limit()));
                    case Event.Disposed disposed ->
                        disposed.left().isEmpty() ? result("shadow removed") : alarm(0, "shadow NOT entirely removed");
                    default -> null;
                });
    }

    private static Telling step(Event.StepEnded ended) {
        String text = "step " + ended.step() + " " + ended.outcome();
        return ended.outcome().equals("done") ? detail(ended.trial(), text) : alarm(ended.trial(), text);
    }

    private static String proposed(Event.PlanProposed proposed) {
        return String.format(
                Locale.ROOT,
                "a better order: %.1f s instead of %.1f s predicted",
                proposed.predictedNanos() / 1e9,
                proposed.presentNanos() / 1e9);
    }

    private static String pair(Event.PairRun pair) {
        String recovered = pair.recoveryNanos().isPresent()
                ? String.format(
                        Locale.ROOT,
                        "recovered after %.1f s",
                        pair.recoveryNanos().getAsLong() / 1e9)
                : "not recovered";
        return "pair " + pair.pair() + ", plan " + pair.plan() + ": " + recovered;
    }

    private static Telling detail(int trial, String text) {
        return new Telling(Weight.DETAIL, trial, oneLine(text));
    }

    private static Telling result(String text) {
        return new Telling(Weight.RESULT, 0, oneLine(text));
    }

    private static Telling alarm(int trial, String text) {
        return new Telling(Weight.ALARM, trial, oneLine(text));
    }

    /// What a service printed, or a file is called, must not move a cursor or begin a line.
    private static String oneLine(String text) {
        return text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
