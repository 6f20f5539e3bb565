package dev.understudy.journal;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The record of one run, read back: everything the judge needs. Immutable.
///
/// @param resources samples of processes, one a second
/// @param bytes what links passed on, one a second; none for a second in which a link was silent
public record Journal(
        List<Entry> entries,
        List<ExchangeRecord> exchanges,
        List<LinkSecond> links,
        List<ResourceSecond> resources,
        List<LinkBytes> bytes) {

    public Journal {
        entries = List.copyOf(entries);
        exchanges = List.copyOf(exchanges);
        links = List.copyOf(links);
        resources = List.copyOf(resources);
        bytes = List.copyOf(bytes);
    }

    /// A run without a record of bytes, as earlier versions left it.
    public Journal(
            List<Entry> entries,
            List<ExchangeRecord> exchanges,
            List<LinkSecond> links,
            List<ResourceSecond> resources) {
        this(entries, exchanges, links, resources, List.of());
    }

    /// One second of one link of one arm, from `second` × 10⁹ ns on the timeline: counts and latencies in
    /// nanoseconds.
    public record LinkSecond(
            int trial, String arm, String link, long second, long count, long failures, long p50, long p99, long max) {}

    /// One second of one instance with all its descendants, the second before a moment within `second`: CPU
    /// share of one core (1.0 = one core busy), resident bytes, bytes a second from and to disk, threads.
    /// What follows `residentBytes` is empty in files of versions that did not record it.
    public record ResourceSecond(
            int trial,
            String arm,
            String service,
            int index,
            long second,
            double cpu,
            long residentBytes,
            OptionalLong readBytes,
            OptionalLong writtenBytes,
            OptionalLong threads) {}

    /// One second of one link, as above: bytes a second passed on to who is called and back to the caller.
    public record LinkBytes(int trial, String arm, String link, long second, long toCallee, long toCaller) {}

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
