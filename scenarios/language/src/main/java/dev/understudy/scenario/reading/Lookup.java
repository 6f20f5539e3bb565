package dev.understudy.scenario.reading;

import dev.understudy.scenario.Link;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.grammar.Mention;
import dev.understudy.scenario.grammar.Mention.Trait;
import dev.understudy.scenario.grammar.MixGrammar;
import dev.understudy.scenario.grammar.ScenarioDraft;
import dev.understudy.scenario.grammar.TopologyDraft;
import dev.understudy.scenario.grammar.Words;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.YamlFile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Looks up everything that was mentioned. Where what is named could not be fully read, nothing is said of
/// it, so that one mistake gives one message.
final class Lookup {
    private static final List<String> PROPERTIES = List.of("address", "host", "port");
    private static final ShadowSpec WHOLE =
            new ShadowSpec(Optional.empty(), Map.of(), Map.of(), ShadowSpec.Isolation.ENFORCED);

    private final TopologyDraft draft;
    private final Topology topology;
    private final ShadowSpec shadow;
    private final List<String> steps;
    private final List<String> rules;
    private final Findings findings;
    private final Optional<SourceTree> files;

    private Lookup(
            TopologyDraft draft,
            ShadowSpec shadow,
            List<String> steps,
            List<String> rules,
            Findings findings,
            Optional<SourceTree> files) {
        this.draft = draft;
        this.topology = draft.topology();
        this.shadow = shadow;
        this.steps = steps;
        this.rules = rules;
        this.findings = findings;
        this.files = files;
    }

    /// For what a topology mentions. Without `files`, files are taken to exist.
    static Lookup inTopology(TopologyDraft draft, Findings findings, Optional<SourceTree> files) {
        return new Lookup(draft, WHOLE, List.of(), List.of(), findings, files);
    }

    /// For what a scenario mentions. Without `files`, files are taken to exist.
    static Lookup inScenario(ScenarioDraft draft, Findings findings, Optional<SourceTree> files) {
        Scenario scenario = draft.scenario();
        return new Lookup(
                draft.topology(),
                scenario.shadow(),
                scenario.rollback().steps().stream().map(Step::id).toList(),
                scenario.stability().stream().map(StabilityRule::id).toList(),
                findings,
                files);
    }

    void check(List<Mention> mentions) {
        mentions.forEach(this::check);
    }

    private void check(Mention mention) {
        switch (mention) {
            case Mention.OfService(Place place, String name, Set<Trait> traits) ->
                service(place, name)
                        .ifPresent(service -> traits.stream()
                                .sorted()
                                .flatMap(trait -> missing(service, trait).stream())
                                .findFirst()
                                .ifPresent(problem -> findings.add(place, problem)));
            case Mention.OfVersion(Place place, String name, String version) -> version(place, name, version);
            case Mention.OfLink(Place place, Link link, boolean http) -> link(place, link, http);
            case Mention.OfStep(Place place, String step) -> known(place, "rollback step", step, steps);
            case Mention.OfRule(Place place, String rule) -> known(place, "stability rule", rule, rules);
            case Mention.OfFile(Place place, String written, String file) ->
                files.flatMap(tree -> tree.whyUnreadable(file))
                        .ifPresent(why -> findings.add(place, "the file '" + written + "' can't be read: " + why));
            case Mention.OfMix(Place place, String written, String file) ->
                files.ifPresent(tree -> mix(tree, place, written, file));
            case Mention.OfRestore restore -> files.ifPresent(tree -> restore(restore, tree));
            case Mention.OfEndpoint endpoint -> endpoint(endpoint);
            case Mention.OfSnapshot(Place place, String name) -> snapshot(place, name);
            case Mention.OfAbsent(Place place, String name, boolean omitted) -> absent(place, name, omitted);
            case Mention.OfMirror(Place place, String name) -> mirror(place, name);
            case Mention.OfMigrated(Place place, String by, String database) -> migrated(place, by, database);
            case Mention.OfBareName(Place place, String name) -> bareName(place, name);
        }
    }

    private void mix(SourceTree tree, Place place, String written, String file) {
        Optional<String> why = tree.whyUnreadable(file);
        if (why.isPresent()) {
            findings.add(place, "the mix '" + written + "' can't be read: " + why.get());
        } else {
            YamlFile.open(tree, file, findings).ifPresent(yaml -> MixGrammar.read(file, yaml.root(), findings));
        }
    }

    private void known(Place place, String what, String name, Collection<String> names) {
        if (!names.contains(name)) {
            unknown(place, "no " + what + " '" + name + "'", name, names);
        }
    }

    private void unknown(Place place, String message, String name, Collection<String> names) {
        findings.add(place, message, Words.meant(name, names));
    }

    /// The service of that name; reported if there surely is none.
    private Optional<Service> service(Place place, String name) {
        Service service = topology.services().get(name);
        if (service == null && draft.complete()) {
            unknown(
                    place,
                    "no service '" + name + "' in topology '" + topology.name() + "'",
                    name,
                    topology.services().keySet());
        }
        return Optional.ofNullable(service);
    }

    private boolean uncertain(String service) {
        return draft.uncertain().contains(service);
    }

    private Optional<String> missing(Service service, Trait trait) {
        String name = "'" + service.name() + "'";
        if (trait == Trait.RUNS) {
            if (service.name().equals(topology.entry())) {
                return Optional.empty();
            }
            ServiceMode mode = shadow.mode(service.name());
            return mode == ServiceMode.RUN
                    ? Optional.empty()
                    : Optional.of(name + (mode == ServiceMode.OFF ? " is off in" : " is not in") + " the shadow");
        }
        if (uncertain(service.name())) {
            return Optional.empty();
        }
        return switch (trait) {
            case HTTP ->
                service.protocol() == Service.Protocol.TCP
                        ? Optional.of(name + " speaks tcp, not http")
                        : when(service.at().isEmpty(), name + " listens nowhere: it has no 'at'");
            case DATABASE -> when(service.database().isEmpty(), name + " is not a database");
            case DIRECTORY -> when(service.data().isEmpty(), name + " keeps no data in a directory");
            case STATEFUL -> when(!service.isStateful(), name + " keeps no data");
            case RUNS -> Optional.empty();
        };
    }

    private static Optional<String> when(boolean wrong, String problem) {
        return wrong ? Optional.of(problem) : Optional.empty();
    }

    private void version(Place place, String name, String version) {
        Service service = topology.services().get(name);
        if (service == null || uncertain(name) || service.versions().containsKey(version)) {
            return;
        }
        if (service.database().isPresent()) {
            findings.add(place, "'" + name + "' is a database and has no versions", "Write migrate: FILE.");
            return;
        }
        findings.add(
                place,
                "'" + name + "' has no version '" + version + "'",
                Words.all(service.versions().keySet().stream().sorted().toList()));
    }

    private void link(Place place, Link link, boolean http) {
        if (link.from().equals(Link.OUTSIDE)) {
            boolean entered = !topology.services().containsKey(topology.entry())
                    || link.to().equals(topology.entry());
            if (service(place, link.to()).isPresent() && !entered) {
                findings.add(
                        place,
                        "'" + link.to() + "' is not called from outside; the entry is '" + topology.entry() + "'");
            }
        } else {
            Optional<Service> caller = service(place, link.from());
            if (service(place, link.to()).isPresent()) {
                caller.ifPresent(from -> declared(place, from, link));
            }
        }
        Set<Trait> traits = http ? Set.of(Trait.RUNS, Trait.HTTP) : Set.of(Trait.RUNS);
        Stream.of(link.from(), link.to())
                .map(topology.services()::get)
                .filter(Objects::nonNull)
                .flatMap(service -> traits.stream()
                        .filter(trait -> trait == Trait.RUNS || service.name().equals(link.to()))
                        .sorted()
                        .flatMap(trait -> missing(service, trait).stream()))
                .findFirst()
                .ifPresent(problem -> findings.add(place, problem));
    }

    /// Reports a link that no template of its caller makes.
    private void declared(Place place, Service caller, Link link) {
        if (uncertain(caller.name()) || topology.links().contains(link)) {
            return;
        }
        Set<String> called = new TreeSet<>(caller.calls());
        findings.add(
                place,
                "no link " + link + " in topology '" + topology.name() + "'",
                called.isEmpty()
                        ? "'" + caller.name() + "' calls nothing: a link is made by ${x.address} in its environment."
                        : "'" + caller.name() + "' calls: " + String.join(", ", called) + ".");
    }

    private void migrated(Place place, String by, String name) {
        Optional<Service> database = service(place, name);
        if (database.isEmpty()) {
            return;
        }
        Optional<String> problem = missing(database.get(), Trait.DATABASE);
        if (problem.isPresent()) {
            findings.add(place, problem.get(), "'db' names the service of kind postgres that is migrated.");
        } else {
            service(place, by).ifPresent(service -> declared(place, service, new Link(by, name)));
        }
    }

    private void endpoint(Mention.OfEndpoint mention) {
        String of = mention.reference().of();
        String property = mention.reference().property();
        Optional<Service> service = service(mention.place(), of);
        if (!PROPERTIES.contains(property)) {
            unknown(mention.place(), "an endpoint has no '" + property + "'", property, PROPERTIES);
        }
        if (service.isEmpty()) {
            return;
        }
        if (service.get().at().isEmpty() && !uncertain(of)) {
            findings.add(mention.place(), "'" + of + "' listens nowhere: it has no 'at'");
        } else if (!mention.declares() && !of.equals(mention.owner())) {
            Optional.ofNullable(topology.services().get(mention.owner()))
                    .ifPresent(owner -> declared(mention.place(), owner, new Link(owner.name(), of)));
        }
    }

    private void bareName(Place place, String name) {
        if (topology.services().containsKey(name)) {
            findings.add(
                    place,
                    "'${" + name + "}' names a service without saying what of it",
                    "Write ${" + name + ".address}, ${" + name + ".host} or ${" + name + ".port}.");
        }
    }

    /// What is copied by its own means needs no pause.
    private static boolean isFiles(Service service) {
        return service.kind() != Service.Kind.POSTGRES
                && service.container()
                        .map(Service.Container::store)
                        .filter(store -> store != Service.StoreKind.FILES)
                        .isEmpty();
    }

    private void snapshot(Place place, String name) {
        Service service = topology.services().get(name);
        if (service != null
                && service.data().isPresent()
                && isFiles(service)
                && shadow.maxPause().isEmpty()) {
            findings.add(
                    place,
                    "a snapshot of the directory of '" + name + "' needs a pause of live",
                    "Write shadow.maxPause, at most 500ms, or give it empty or restore data.");
        }
    }

    /// Of a service that is unknown or keeps no data, either would be right: that was reported.
    private void restore(Mention.OfRestore mention, SourceTree tree) {
        Service service = topology.services().get(mention.service());
        if (service == null || !service.isStateful() || uncertain(mention.service())) {
            return;
        }
        String name = "'" + mention.written() + "'";
        if (service.database().isPresent()) {
            tree.whyUnreadable(mention.file())
                    .ifPresent(why -> findings.add(
                            mention.place(),
                            "the file " + name + " can't be read: " + why,
                            "A database is restored from a file of SQL."));
            return;
        }
        tree.whyNoDirectory(mention.file())
                .ifPresent(why -> findings.add(
                        mention.place(),
                        "the directory " + name + " can't be read: " + why,
                        "The data of '" + mention.service() + "' is restored from a directory."));
    }

    private void absent(Place place, String name, boolean omitted) {
        if (name.equals(topology.entry())) {
            findings.add(place, "'" + name + "' is the entry: it has to run");
            return;
        }
        if (omitted) {
            topology.services().values().stream()
                    .filter(caller -> shadow.mode(caller.name()) == ServiceMode.RUN)
                    .filter(caller -> caller.calls().contains(name))
                    .forEach(caller -> findings.add(
                            place,
                            "'" + caller.name() + "' calls '" + name + "', so it can't be left out",
                            "Write off: calls are then refused and recorded."));
        }
    }

    private void mirror(Place place, String name) {
        if (topology.services().isEmpty()) {
            return;
        }
        if (topology.mirror().isEmpty()) {
            findings.add(
                    place,
                    "topology '" + topology.name() + "' has no mirror",
                    "Declare mirror: {service: " + name + ", at: HOST:PORT, feed: HOST:PORT} there.");
            return;
        }
        String mirrored = topology.mirror().get().service();
        if (speaksHttp(name) && speaksHttp(mirrored) && !mirrored.equals(name)) {
            findings.add(
                    place,
                    "the mirror of topology '" + topology.name() + "' is of '" + mirrored + "', not of '" + name + "'");
        }
    }

    private boolean speaksHttp(String name) {
        Service service = topology.services().get(name);
        return service != null && service.protocol() == Service.Protocol.HTTP;
    }
}
