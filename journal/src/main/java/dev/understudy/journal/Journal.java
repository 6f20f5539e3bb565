package dev.understudy.journal;

import java.util.List;
import java.util.stream.Stream;

/// The record of one run, read back: everything the judge needs. Immutable.
///
/// @param resources samples of processes, one a second
public record Journal(
        List<Entry> entries, List<ExchangeRecord> exchanges, List<LinkSecond> links, List<ResourceSecond> resources) {

    public Journal {
        entries = List.copyOf(entries);
        exchanges = List.copyOf(exchanges);
        links = List.copyOf(links);
        resources = List.copyOf(resources);
    }

    /// One second of one link of one arm, from `second` × 10⁹ ns on the timeline: counts and latencies in
    /// nanoseconds.
    public record LinkSecond(
            int trial, String arm, String link, long second, long count, long failures, long p50, long p99, long max) {}

    /// One second of one instance: CPU share of one core (1.0 = one core busy) and resident bytes.
    public record ResourceSecond(
            int trial, String arm, String service, int index, long second, double cpu, long residentBytes) {}

    /// All events of one kind, in order.
    public <E extends Event> Stream<E> events(Class<E> kind) {
        return entries.stream().map(Entry::event).filter(kind::isInstance).map(kind::cast);
    }

    /// All entries of one kind, in order, with their times.
    public <E extends Event> Stream<Timed<E>> timed(Class<E> kind) {
        return entries.stream()
                .filter(entry -> kind.isInstance(entry.event()))
                .map(entry -> new Timed<>(entry.at(), kind.cast(entry.event())));
    }

    /// An event with its time.
    public record Timed<E extends Event>(long at, E event) {}
}
