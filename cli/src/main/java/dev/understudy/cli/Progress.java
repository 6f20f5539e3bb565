package dev.understudy.cli;

import dev.understudy.journal.Event;
import dev.understudy.journal.ExchangeRecord;
import dev.understudy.journal.Journal;
import dev.understudy.journal.Recorder;
import java.io.PrintStream;
import java.util.Locale;

/// Passes everything on to the record and prints what a person waiting wants to know: a plain line for each
/// change of state, no
/// escape bytes. Thread-safe.
final class Progress implements Recorder {
    private final Recorder record;
    private final PrintStream out;

    Progress(Recorder record, PrintStream out) {
        this.record = record;
        this.out = out;
    }

    @Override
    public void record(long at, Event event) {
        record.record(at, event);
        String line = line(event);
        if (!line.isEmpty()) {
            out.println(String.format(Locale.ROOT, "%6.1f s  %s", at / 1e9, line));
        }
    }

    @Override
    public void record(ExchangeRecord exchange) {
        record.record(exchange);
    }

    @Override
    public void link(int trial, String arm, String link, long endNanos, long latencyNanos, boolean failure) {
        record.link(trial, arm, link, endNanos, latencyNanos, failure);
    }

    @Override
    public void resource(Journal.ResourceSecond second) {
        record.resource(second);
    }

    @Override
    public void bytes(Journal.LinkBytes second) {
        record.bytes(second);
    }

    private static String line(Event event) {
        return switch (event) {
            case Event.RunStarted started -> "rehearsing " + started.scenarioFile() + " as " + started.runId();
            case Event.StageBegan began -> stage(began);
            case Event.Drifted drift -> "live differs from its files: " + drift.service() + " " + drift.field();
            case Event.Probed probed ->
                probed.held() ? "" : "LEAK in the " + probed.arm() + " arm: " + probed.attempt();
            case Event.Shipped shipped
            when shipped.arm().equals("candidate") ->
                "shipped " + shipped.label() + (shipped.healthy() ? "" : ": NOT healthy");
            case Event.DeviationBegan began
            when began.arm().equals("candidate") -> "deviation " + began.id() + ": " + began.requested();
            case Event.RuleBroke broke
            when broke.arm().equals("candidate") ->
                "rule " + broke.rule() + " broken: " + number(broke.value()) + " over " + number(broke.limit());
            case Event.Breached breached -> "BREACH: " + breached.reason();
            case Event.RollbackBegan began -> (began.drill() ? "drill" : "rollback") + " begins, plan " + began.plan();
            case Event.StepEnded ended -> "step " + ended.step() + " " + ended.outcome();
            case Event.Recovery recovery -> recovery.recovered() ? "recovered" : "NOT recovered: " + recovery.because();
            case Event.PlanProposed proposed ->
                String.format(
                        Locale.ROOT,
                        "a better order: %.1f s instead of %.1f s predicted",
                        proposed.predictedNanos() / 1e9,
                        proposed.presentNanos() / 1e9);
            case Event.PairRun pair ->
                "pair " + pair.pair() + ", plan " + pair.plan()
                        + (pair.recoveryNanos().isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        ": recovered after %.1f s",
                                        pair.recoveryNanos().getAsLong() / 1e9)
                                : ": not recovered");
            case Event.PlanDecided decided -> "better order: " + decided.decision();
            case Event.LiveSuffers live ->
                "STOPPING for live's sake: " + live.sign() + " " + number(live.reached()) + ", limit "
                        + number(live.limit());
            case Event.Disposed disposed ->
                disposed.left().isEmpty() ? "shadow removed" : "shadow NOT entirely removed";
            default -> "";
        };
    }

    private static String stage(Event.StageBegan began) {
        String trial = began.trial() > 0 ? "trial " + began.trial() + ": " : "";
        return trial + began.stage();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
