package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Link;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Template;
import java.util.Set;

/// A name in a file that stands for something declared elsewhere. Grammar collects them, the second pass
/// looks them up.
public sealed interface Mention {
    /// Where the name stands.
    Place place();

    /// What a mentioned service must be, besides being declared.
    enum Trait {
        /// Started in the arms: neither `off` nor `omit`.
        RUNS,
        /// Speaks HTTP.
        HTTP,
        /// Keeps data: a database or a directory.
        STATEFUL,
        /// A database.
        DATABASE,
        /// Keeps data in a directory.
        DIRECTORY
    }

    /// A service of the topology.
    record OfService(Place place, String name, Set<Trait> traits) implements Mention {}

    /// A version of a service.
    record OfVersion(Place place, String service, String version) implements Mention {}

    /// A link of the topology, or from outside to the entry; `http`: exchanges are needed on it.
    record OfLink(Place place, Link link, boolean http) implements Mention {}

    /// A step of the rollback.
    record OfStep(Place place, String step) implements Mention {}

    /// A stability rule.
    record OfRule(Place place, String rule) implements Mention {}

    /// A file, named as the source tree does; `written` is what the user wrote.
    record OfFile(Place place, String written, String file) implements Mention {}

    /// A file of what made-up users do. Named like a file.
    record OfMix(Place place, String written, String file) implements Mention {}

    /// What a store's data is restored from: SQL for a database, a directory for a data directory. Named like
    /// a file.
    record OfRestore(Place place, String service, String written, String file) implements Mention {}

    /// `${x.address}` in a template of `owner` (a service, or `""`). `declares`: the reference itself makes
    /// the link, as in a topology; otherwise the link must be declared there.
    record OfEndpoint(Place place, String owner, Template.Reference reference, boolean declares) implements Mention {}

    /// A copy of live's data of a service.
    record OfSnapshot(Place place, String service) implements Mention {}

    /// A service that an arm does not run; `omitted`: nothing may call it.
    record OfAbsent(Place place, String service, boolean omitted) implements Mention {}

    /// A service whose mirror in live is to hand out requests.
    record OfMirror(Place place, String service) implements Mention {}

    /// The database that a version of `service` migrates; it has to have a link to it.
    record OfMigrated(Place place, String service, String database) implements Mention {}

    /// `${x}` without a property; wrong if x is a service.
    record OfBareName(Place place, String name) implements Mention {}
}
