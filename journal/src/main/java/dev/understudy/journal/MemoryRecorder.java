package dev.understudy.journal;

import dev.understudy.journal.Journal.LinkBytes;
import dev.understudy.journal.Journal.ResourceSecond;
import java.util.ArrayList;
import java.util.List;

/// Records a run in memory: for simulated runs by the thousand, and wherever no file is wanted. Thread-safe.
public final class MemoryRecorder implements Recorder {
    private final LinkMeter meter = new LinkMeter();
    private final List<Entry> entries = new ArrayList<>();
    private final List<ExchangeRecord> exchanges = new ArrayList<>();
    private final List<ResourceSecond> resources = new ArrayList<>();
    private final List<LinkBytes> bytes = new ArrayList<>();
    private final LinkSeconds links = new LinkSeconds();

    @Override
    public synchronized void record(long at, Event event) {
        entries.add(new Entry(at, event));
    }

    @Override
    public synchronized void record(ExchangeRecord exchange) {
        exchanges.add(exchange);
    }

    @Override
    public void link(int trial, String arm, String link, long endNanos, long latencyNanos, boolean failure) {
        meter.count(trial, arm, link, endNanos, latencyNanos, failure);
    }

    @Override
    public synchronized void resource(ResourceSecond second) {
        resources.add(second);
    }

    @Override
    public synchronized void bytes(LinkBytes second) {
        bytes.add(second);
    }

    /// Everything so far, as [JournalReader] would read it from disk. Ends the seconds of links that are open,
    /// so it is meant for the end of a run.
    public synchronized Journal journal() {
        meter.drainAll(links::add);
        return new Journal(entries, exchanges, links.list(), resources, bytes);
    }
}
