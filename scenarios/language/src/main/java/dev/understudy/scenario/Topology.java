package dev.understudy.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A live system as its files declare it: services in the order written, which one is entered from outside,
/// and where live's own mirror listens. Immutable.
///
/// @param directory the directory that relative paths in the file are relative to, as the source tree names
/// it
/// @param docker which containers live is, if it runs on Docker; otherwise it is processes
public record Topology(
        String name,
        Place place,
        String directory,
        String entry,
        Map<String, Service> services,
        Optional<MirrorPoint> mirror,
        Optional<Docker> docker) {

    /// One whose services are processes.
    public Topology(
            String name,
            Place place,
            String directory,
            String entry,
            Map<String, Service> services,
            Optional<MirrorPoint> mirror) {
        this(name, place, directory, entry, services, mirror, Optional.empty());
    }

    /// Which containers of an engine live is.
    ///
    /// @param project the Compose project; absent if containers are named one by one
    /// @param allow rules that usually refuse to clone a container, lifted: the rule's name
    public record Docker(Place place, Optional<String> project, List<String> allow) {
        public Docker {
            allow = List.copyOf(allow);
        }
    }

    /// Live's own mirror: users talk to `at`, it passes everything on to `service` and hands samples to
    /// whoever subscribes at `feed`.
    public record MirrorPoint(Place place, String service, Endpoint at, Endpoint feed) {}

    public Topology {
        services = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }

    /// The service of that name. @throws IllegalArgumentException if there is none
    public Service service(String wanted) {
        Service found = services.get(wanted);
        if (found == null) {
            throw new IllegalArgumentException("no service '" + wanted + "' in topology '" + name + "'");
        }
        return found;
    }

    /// Every link between declared services, in the order of their callers.
    public List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (Service caller : services.values()) {
            for (String callee : caller.calls()) {
                if (services.containsKey(callee)) {
                    links.add(new Link(caller.name(), callee));
                }
            }
        }
        return List.copyOf(links);
    }

    /// The services in an order in which each comes after everything it calls; members of a calling cycle,
    /// which is legal, keep the order of the file.
    public List<Service> calleesFirst() {
        Set<String> done = new LinkedHashSet<>();
        for (Service service : services.values()) {
            visit(service.name(), done, new LinkedHashSet<>());
        }
        return done.stream().map(this::service).toList();
    }

    private void visit(String at, Set<String> done, Set<String> path) {
        if (done.contains(at) || !services.containsKey(at) || !path.add(at)) {
            return;
        }
        for (String callee : service(at).calls()) {
            visit(callee, done, path);
        }
        done.add(at);
    }

    /// This topology with only the services named, in the same order.
    public Topology only(Collection<String> kept) {
        Map<String, Service> left = new LinkedHashMap<>(services);
        left.keySet().retainAll(Set.copyOf(kept));
        return new Topology(name, place, directory, entry, left, mirror, docker);
    }
}
