package dev.understudy.analysis.judge;

import dev.understudy.journal.Event;
import dev.understudy.journal.ExchangeRecord;
import dev.understudy.journal.Journal;
import dev.understudy.journal.Journal.LinkBytes;
import dev.understudy.journal.Journal.LinkSecond;
import dev.understudy.journal.Journal.ResourceSecond;
import dev.understudy.journal.Journal.Timed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a journal says of one trial. Immutable.
final class TrialRecord {
    private final int number;
    private final List<Timed<Event>> events;
    private final List<ExchangeRecord> exchanges;
    private final List<ExchangePair> pairs;
    private final List<LinkSecond> links;
    private final List<ResourceSecond> resources;
    private final List<LinkBytes> bytes;

    TrialRecord(Journal journal, int number) {
        this.number = number;
        events = journal.timed(Event.class)
                .filter(timed -> TrialNumbers.of(timed.event()) == number)
                .toList();
        exchanges = journal.exchanges().stream()
                .filter(exchange -> exchange.trial() == number)
                .toList();
        pairs = ExchangePair.of(exchanges);
        links = journal.links().stream()
                .filter(second -> second.trial() == number)
                .toList();
        resources = journal.resources().stream()
                .filter(second -> second.trial() == number)
                .toList();
        bytes = journal.bytes().stream()
                .filter(second -> second.trial() == number)
                .toList();
    }

    /// The trials that a journal has anything of, in order.
    static List<TrialRecord> all(Journal journal) {
        return journal.events(Event.class)
                .mapToInt(TrialNumbers::of)
                .filter(number -> number > 0)
                .distinct()
                .sorted()
                .mapToObj(number -> new TrialRecord(journal, number))
                .toList();
    }

    int number() {
        return number;
    }

    /// All events of one kind, with their times.
    <E extends Event> Stream<Timed<E>> timed(Class<E> kind) {
        return events.stream()
                .filter(timed -> kind.isInstance(timed.event()))
                .map(timed -> new Timed<>(timed.at(), kind.cast(timed.event())));
    }

    /// All events of one kind.
    <E extends Event> Stream<E> events(Class<E> kind) {
        return timed(kind).map(Timed::event);
    }

    <E extends Event> Optional<Timed<E>> first(Class<E> kind) {
        return timed(kind).findFirst();
    }

    <E extends Event> OptionalLong when(Class<E> kind) {
        return timed(kind).mapToLong(Timed::at).findFirst();
    }

    OptionalLong stageBegan(String stage) {
        return at(Event.StageBegan.class, event -> event.stage().equals(stage));
    }

    OptionalLong stageEnded(String stage) {
        return at(Event.StageEnded.class, event -> event.stage().equals(stage));
    }

    /// Whether it came to its end: the arms were verified.
    boolean isThrough() {
        return events(Event.StageEnded.class)
                .anyMatch(ended ->
                        ended.stage().equals("verify") && ended.outcome().equals("done"));
    }

    private <E extends Event> OptionalLong at(Class<E> kind, Predicate<E> wanted) {
        return timed(kind)
                .filter(timed -> wanted.test(timed.event()))
                .mapToLong(Timed::at)
                .findFirst();
    }

    /// When the rules began to watch.
    OptionalLong watchBegan() {
        return when(Event.WatchBegan.class);
    }

    OptionalLong rollbackBegan() {
        return when(Event.RollbackBegan.class);
    }

    /// The plan that the rollback followed; empty if it never began.
    Optional<String> plan() {
        return first(Event.RollbackBegan.class).map(timed -> timed.event().plan());
    }

    /// The breach that started the rollback.
    Optional<Timed<Event.Breached>> breach() {
        return first(Event.Breached.class);
    }

    /// Since when the candidate had recovered; empty if it had not, or nobody looked.
    OptionalLong recoveredSince() {
        return events(Event.Recovery.class)
                .filter(Event.Recovery::recovered)
                .mapToLong(Event.Recovery::since)
                .findFirst();
    }

    /// From the begin of the rollback until it had recovered.
    OptionalLong recovery() {
        OptionalLong since = recoveredSince();
        OptionalLong began = rollbackBegan();
        return since.isPresent() && began.isPresent()
                ? OptionalLong.of(Math.max(0, since.getAsLong() - began.getAsLong()))
                : OptionalLong.empty();
    }

    /// All records of exchanges, probes too.
    List<ExchangeRecord> exchanges() {
        return exchanges;
    }

    /// Its seconds of links.
    List<LinkSecond> links() {
        return links;
    }

    /// Its seconds of instances.
    List<ResourceSecond> resources() {
        return resources;
    }

    /// Its seconds of links' bytes.
    List<LinkBytes> bytes() {
        return bytes;
    }

    /// The exchanges that both arms have a record of, in the order in which they were to begin.
    List<ExchangePair> pairs() {
        return pairs;
    }

    /// The exchanges that both arms were sent, by when they were to begin.
    List<ExchangePair> sentBetween(long from, long to) {
        return pairs.stream()
                .filter(pair -> pair.wasSent() && pair.isIn(from, to))
                .toList();
    }
}
