package dev.understudy.analysis.judge;

import dev.understudy.journal.Entry;
import dev.understudy.journal.Event;
import dev.understudy.journal.ExchangeRecord;
import dev.understudy.journal.ExchangeRecord.Outcome;
import dev.understudy.journal.Journal;
import dev.understudy.journal.Journal.LinkBytes;
import dev.understudy.journal.Journal.LinkSecond;
import dev.understudy.journal.Journal.ResourceSecond;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The journal of a run that is a GO, to be damaged. Times are seconds:
///
/// ```
/// 0 discover  2 clone  4 probe  5 start  8 baseline  12 change  14 watch  18.1 rollback  19.7 recovery
/// 22.5 verify  24 reset  25 dispose  26            15 ─────────── slow-payments ──────────── 22.5
/// ```
final class Journals {
    static final long SECOND = 1_000_000_000L;
    static final double WATCH = 14;
    static final double ROLLBACK = 18.1;
    static final double SINCE = 20;

    private List<Entry> entries = new ArrayList<>();
    private List<ExchangeRecord> exchanges = new ArrayList<>();
    private final List<LinkSecond> links = new ArrayList<>();
    private final List<ResourceSecond> resources = new ArrayList<>();
    private final List<LinkBytes> bytes = new ArrayList<>();

    static long at(double seconds) {
        return Math.round(seconds * SECOND);
    }

    static Journals go() {
        Journals journal = new Journals();
        journal.begin();
        journal.trial(1, 5, "written");
        journal.stage(0, "dispose", 25, 26);
        journal.add(25.9, new Event.Disposed(List.of()));
        journal.add(26, new Event.RunEnded("done"));
        return journal;
    }

    private void begin() {
        add(
                0,
                new Event.RunStarted(
                        Event.SCHEMA,
                        "run-1",
                        "Understudy 0.1",
                        "2026-11-21T11:00:00Z",
                        "shop.yaml",
                        42,
                        List.of(new Event.SourceText("shop.yaml", "ab12", "")),
                        Map.of("cores", "2"),
                        "understudy rehearse shop.yaml"));
        stage(0, "discover", 0, 2);
        stage(0, "clone", 2, 4);
        stage(0, "probe", 4, 5);
        for (String arm : List.of("control", "candidate")) {
            add(4.5, new Event.Probed(arm, "connect to live", true, "unreachable"));
        }
    }

    /// A trial that begins at `start`, as the first does at 5.
    Journals trial(int trial, double start, String plan) {
        double d = start - 5;
        stage(trial, "start", 5 + d, 8 + d);
        stage(trial, "baseline", 8 + d, 12 + d);
        stage(trial, "change", 12 + d, 14 + d);
        add(13 + d, shipped(trial, "candidate", "d1", "d2", true));
        add(13 + d, shipped(trial, "control", "d1", "d1", true));
        stage(trial, "watch", 14 + d, 18.1 + d);
        add(14 + d, new Event.WatchBegan(trial));
        for (String arm : List.of("control", "candidate")) {
            add(15 + d, new Event.DeviationBegan(trial, "slow-payments", arm, "400ms"));
            add(22.45 + d, new Event.DeviationEnded(trial, "slow-payments", arm, "401 ms", true));
            add(18.05 + d, new Event.RuleWatched(trial, arm, "errors", 0.001));
            add(18.05 + d, new Event.RuleWatched(trial, arm, "slow", 0.12));
        }
        add(18.1 + d, new Event.RollbackBegan(trial, true, plan, List.of("drain", "orders", "undrain")));
        stage(trial, "rollback", 18.1 + d, 19.7 + d);
        step(trial, "drain", 18.1 + d, 18.3 + d);
        step(trial, "orders", 18.3 + d, 19.5 + d);
        step(trial, "undrain", 19.5 + d, 19.7 + d);
        add(19.7 + d, new Event.RollbackEnded(trial, true));
        stage(trial, "recovery", 19.7 + d, 22.5 + d);
        add(22.4 + d, new Event.Recovery(trial, true, at(SINCE + d), ""));
        stage(trial, "verify", 22.5 + d, 24 + d);
        add(23 + d, new Event.StateCompared(trial, "orders#0", true, "d1", "d1"));
        add(23 + d, data(trial, 0, 0, 0, List.of(), List.of()));
        add(23 + d, new Event.LedgerRead(trial, "POST gateway/orders", 120, 0, 0, 0, List.of()));
        add(23 + d, new Event.WritesCompared(trial, 180, 180));
        add(23 + d, new Event.TrafficCounted(trial, 800, 720, 720, Map.of()));
        stage(trial, "reset", 24 + d, 25 + d);
        traffic(trial, 8 + d, 22.5 + d);
        return this;
    }

    static Event.Shipped shipped(int trial, String arm, String from, String to, boolean healthy) {
        return new Event.Shipped(trial, arm, "orders", "orders 2.0", from, to, healthy, 10, 10, "boom");
    }

    static Event.DataCompared data(
            int trial, long lost, long unattributed, long noise, List<String> structure, List<String> notChecked) {
        return new Event.DataCompared(
                trial, "db", 500, lost, 3, 0, 1, unattributed, noise, structure, List.of(), notChecked);
    }

    private void traffic(int trial, double from, double to) {
        long id = 0;
        for (long when = at(from); when < at(to); when += SECOND / 50) {
            id++;
            boolean write = id % 4 == 0;
            String route = write ? "POST gateway/orders" : "GET gateway/catalogue";
            for (boolean control : new boolean[] {true, false}) {
                exchanges.add(new ExchangeRecord(
                        trial,
                        id,
                        id % 30,
                        route,
                        write,
                        200,
                        control,
                        when,
                        when,
                        when + SECOND / 100,
                        200,
                        Outcome.ACKNOWLEDGED));
            }
        }
    }

    Journals stage(int trial, String stage, double from, double to) {
        add(from, new Event.StageBegan(trial, stage));
        return add(to, new Event.StageEnded(trial, stage, "done"));
    }

    private void step(int trial, String step, double from, double to) {
        add(from, new Event.StepBegan(trial, step, 1, "do " + step));
        add(to, new Event.StepEnded(trial, step, 1, "done", 0, ""));
    }

    Journals add(double seconds, Event event) {
        entries.add(new Entry(at(seconds), event));
        return this;
    }

    Journals without(Predicate<Event> unwanted) {
        entries.removeIf(entry -> unwanted.test(entry.event()));
        return this;
    }

    Journals without(Class<? extends Event> kind) {
        return without(kind::isInstance);
    }

    /// Replaces every event of a kind.
    <E extends Event> Journals each(Class<E> kind, UnaryOperator<E> change) {
        entries = new ArrayList<>(entries.stream()
                .map(entry -> kind.isInstance(entry.event())
                        ? new Entry(entry.at(), change.apply(kind.cast(entry.event())))
                        : entry)
                .toList());
        return this;
    }

    Journals exchanges(UnaryOperator<ExchangeRecord> change) {
        exchanges = new ArrayList<>(exchanges.stream().map(change).toList());
        return this;
    }

    Journals withoutExchanges(Predicate<ExchangeRecord> unwanted) {
        exchanges.removeIf(unwanted);
        return this;
    }

    Journals record(ExchangeRecord exchange) {
        exchanges.add(exchange);
        return this;
    }

    /// One second of an instance that uses `cpu` cores and half as many GB/s of everything else.
    Journals used(String arm, String service, int index, long second, double cpu) {
        OptionalLong half = OptionalLong.of(Math.round(cpu * 500_000_000));
        resources.add(new ResourceSecond(
                1, arm, service, index, second, cpu, half.orElseThrow(), half, half, OptionalLong.of(8)));
        return this;
    }

    Journals passed(String arm, String link, long second, long toCallee, long toCaller) {
        bytes.add(new LinkBytes(1, arm, link, second, toCallee, toCaller));
        return this;
    }

    Journals called(String arm, String link, long second, long count, long failures, long p99) {
        links.add(new LinkSecond(1, arm, link, second, count, failures, p99 / 2, p99, p99));
        return this;
    }

    Journals keepUntil(double seconds) {
        entries.removeIf(entry -> entry.at() > at(seconds));
        return this;
    }

    /// A breach at 17 s of rule `slow` in the candidate.
    Journals breach(boolean shared, boolean innocent) {
        each(
                Event.RollbackBegan.class,
                began -> new Event.RollbackBegan(began.trial(), false, began.plan(), began.order()));
        add(17, new Event.RuleBroke(1, "candidate", "slow", 2.31, 0.4, at(15.5)));
        if (shared) {
            add(16.9, new Event.RuleBroke(1, "control", "slow", 2.2, 0.4, at(15.5)));
        }
        return add(17, new Event.Breached(1, List.of("slow"), at(15.5), shared, innocent, "rule slow"));
    }

    static ExchangeRecord answered(ExchangeRecord record, int status, Outcome outcome) {
        return new ExchangeRecord(
                record.trial(),
                record.exchange(),
                record.session(),
                record.route(),
                record.write(),
                record.liveStatus(),
                record.control(),
                record.intended(),
                record.sent(),
                record.ended(),
                status,
                outcome);
    }

    Journal build() {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::at));
        return new Journal(sorted, exchanges, links, resources, bytes);
    }
}
