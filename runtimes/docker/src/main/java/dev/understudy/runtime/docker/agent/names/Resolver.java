package dev.understudy.runtime.docker.agent.names;

import dev.understudy.runtime.docker.agent.names.NameBook.Meaning;
import dev.understudy.runtime.docker.agent.names.Sighting.Outcome;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Answers questions for names from a [NameBook], and says which were asked. Thread-safe.
///
/// A name of the outside world doesn't exist (NXDOMAIN). REFUSED or silence would say that another server may
/// know it: resolvers then ask again and again, and the service hangs for seconds where live has an answer. A
/// name of the arm has an address of the fourth version and nothing else; other types get no record, but no
/// NXDOMAIN either, which some resolvers take for an answer about all types.
final class Resolver {
    /// So many different sightings are told; a program that asks for ever new names is cut off there.
    private static final int MOST_SIGHTINGS = 10_000;

    private final LongSupplier clock;
    private final Consumer<Sighting> sightings;
    private final Set<Sighting> told = ConcurrentHashMap.newKeySet();
    private volatile NameBook book = NameBook.EMPTY;

    Resolver(LongSupplier clockNanos, Consumer<Sighting> sightings) {
        this.clock = clockNanos;
        this.sightings = sightings;
    }

    /// Answers from `newer` from now on, and tells each sighting once more.
    void use(NameBook newer) {
        book = newer;
        told.clear();
    }

    /// The answer to a message that came from `caller`; empty if it deserves none.
    Optional<byte[]> answer(InetAddress caller, byte[] message) {
        return DnsQuestion.read(message).map(question -> answer(caller.getHostAddress(), question));
    }

    private byte[] answer(String caller, DnsQuestion question) {
        if (question.problem() != DnsQuestion.OK) {
            return question.answer(question.problem());
        }
        Meaning meaning = book.meaning(caller, question.name());
        tell(caller, question, meaning.outcome());
        Optional<Inet4Address> address = meaning.address();
        if (address.isEmpty()) {
            return question.answer(DnsQuestion.NO_SUCH_NAME);
        }
        return question.type() == DnsQuestion.A ? question.answer(address.get()) : question.answer(DnsQuestion.OK);
    }

    private void tell(String caller, DnsQuestion question, Outcome outcome) {
        Sighting sighting = new Sighting(0, caller, NameBook.plain(question.name()), question.typeName(), outcome);
        if (told.size() < MOST_SIGHTINGS && told.add(sighting)) {
            sightings.accept(sighting.at(clock.getAsLong()));
        }
    }
}
