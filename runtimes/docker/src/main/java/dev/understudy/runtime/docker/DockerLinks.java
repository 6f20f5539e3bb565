package dev.understudy.runtime.docker;

import dev.understudy.links.LinkCounts;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.docker.agent.AgentLink;
import dev.understudy.runtime.docker.agent.LinkAgent;
import dev.understudy.runtime.docker.agent.LinkOrder;
import dev.understudy.runtime.docker.agent.LocalWay;
import dev.understudy.runtime.docker.agent.WayOrder;
import dev.understudy.runtime.docker.agent.names.NameBook;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// All links of one arm, in its link container: one for every declared dependency, one for every service that callers
/// may ask for without saying so, and one from outside to every service. Thread-safe.
final class DockerLinks {
    /// Who calls what the topology doesn't say it calls.
    static final String UNDECLARED = "undeclared";

    private final Scenario scenario;
    private final Neighbours neighbours;
    private final LinkAgent agent;
    private final Map<Link, AgentLink> links = new ConcurrentHashMap<>();
    private final Map<String, LocalWay> ways = new ConcurrentHashMap<>();
    private final Map<String, LocalWay> direct = new ConcurrentHashMap<>();
    private final Map<String, List<ContainerInstance>> led = new ConcurrentHashMap<>();

    DockerLinks(Scenario scenario, Neighbours neighbours, LinkAgent agent) {
        this.scenario = scenario;
        this.neighbours = neighbours;
        this.agent = agent;
        for (Service callee : scenario.shadowServices().toList()) {
            if (ports(callee).isEmpty()) {
                continue;
            }
            neighbours.networks(callee.name()).stream()
                    .findFirst()
                    .ifPresent(network -> open(new Link(UNDECLARED, callee.name()), network));
            ways.put(
                    callee.name(),
                    agent.way(WayOrder.measured(Link.entering(callee.name()), callee.protocol(), List.of())));
        }
        for (Link link : scenario.topology().links()) {
            boolean there =
                    !scenario.shadow().omits(link.from()) && !scenario.shadow().omits(link.to());
            if (there && !ports(scenario.topology().service(link.to())).isEmpty()) {
                open(link, neighbours.between(link));
            }
        }
        agent.use(names());
    }

    private void open(Link link, String network) {
        Service callee = scenario.topology().service(link.to());
        Map<Integer, List<InetSocketAddress>> ports = new HashMap<>();
        ports(callee).forEach(port -> ports.put(port, List.of()));
        boolean off = scenario.shadow().mode(callee.name()) != ServiceMode.RUN;
        links.put(
                link,
                agent.open(new LinkOrder(
                        link,
                        callee.protocol(),
                        address(link, network),
                        ports(callee).getFirst(),
                        ports,
                        off)));
    }

    private InetAddress address(Link link, String network) {
        return neighbours.plan().link(network, link.toString());
    }

    static List<Integer> ports(Service service) {
        return service.container().map(Service.Container::ports).orElse(List.of());
    }

    /// What each caller is told when it asks for a name.
    private NameBook names() {
        Map<String, Map<String, Inet4Address>> callers = new HashMap<>();
        Map<String, Inet4Address> anybody = new HashMap<>();
        for (Service callee : scenario.shadowServices().toList()) {
            Link link = new Link(UNDECLARED, callee.name());
            if (links.containsKey(link)) {
                neighbours.networks(callee.name()).stream()
                        .findFirst()
                        .ifPresent(network -> neighbours
                                .names(callee.name())
                                .forEach(name -> anybody.put(name, (Inet4Address) address(link, network))));
            }
        }
        callers.put(NameBook.ANYBODY, anybody);
        for (Service caller : scenario.shadowServices().toList()) {
            Map<String, Inet4Address> known = new HashMap<>();
            neighbours
                    .guestsOf(caller.name())
                    .forEach(guest -> known.putAll(declared(scenario.topology().service(guest))));
            known.putAll(declared(caller));
            neighbours.everyAddress(caller).forEach(address -> callers.put(address.getHostAddress(), known));
        }
        return new NameBook(callers, Map.of());
    }

    private Map<String, Inet4Address> declared(Service caller) {
        Map<String, Inet4Address> known = new HashMap<>();
        for (String callee : caller.calls()) {
            Link link = new Link(caller.name(), callee);
            if (links.containsKey(link)) {
                InetAddress address = address(link, neighbours.between(link));
                neighbours.names(callee).forEach(name -> known.put(name, (Inet4Address) address));
            }
        }
        return known;
    }

    /// The link itself. @throws IllegalArgumentException if there is none
    AgentLink at(Link link) {
        AgentLink found = link.from().equals(Link.OUTSIDE)
                ? way(link.to()).map(LocalWay::link).orElse(null)
                : links.get(link);
        if (found == null) {
            throw new IllegalArgumentException("the arm has no link " + link);
        }
        return found;
    }

    private Optional<LocalWay> way(String service) {
        return Optional.ofNullable(ways.get(service));
    }

    /// The tool's own port that leads to `service`. @throws IllegalArgumentException if it listens nowhere
    int ingress(String service) {
        return way(service)
                .map(LocalWay::port)
                .orElseThrow(() -> new IllegalArgumentException("'" + service + "' listens nowhere"));
    }

    /// The tool's own port that leads to one instance past all links.
    int direct(ContainerInstance instance) {
        Service service = scenario.topology().service(instance.service());
        InetSocketAddress target = target(service, instance, ports(service).getFirst())
                .orElseThrow(() -> new IllegalArgumentException("'" + service.name() + "' listens nowhere"));
        return direct.computeIfAbsent(
                        target.toString(),
                        _ -> agent.way(WayOrder.direct(Link.entering(service.name()), service.protocol(), target)))
                .port();
    }

    /// Where an instance listens, as the link container sees it.
    Optional<InetSocketAddress> target(Service service, ContainerInstance instance, int port) {
        return neighbours.networks(service.name()).stream()
                .flatMap(network -> instance.at(network).stream())
                .findFirst()
                .or(() -> neighbours.hostOf(instance.service()).flatMap(this::addressOf))
                .map(address -> new InetSocketAddress(address, port));
    }

    private Optional<InetAddress> addressOf(String service) {
        return led.getOrDefault(service, List.of()).stream()
                .flatMap(instance -> instance.addresses().values().stream())
                .findFirst();
    }

    /// From now on who calls `service` gets to these instances.
    void lead(Service service, List<ContainerInstance> instances) {
        led.put(service.name(), List.copyOf(instances));
        for (int port : ports(service)) {
            List<InetSocketAddress> targets = targets(service, instances, port);
            if (targets.isEmpty()) {
                continue;
            }
            links.forEach((link, opened) -> {
                if (link.to().equals(service.name())) {
                    opened.lead(port, targets);
                }
            });
            if (port == ports(service).getFirst()) {
                way(service.name()).ifPresent(way -> way.lead(targets));
            }
        }
    }

    List<InetSocketAddress> targets(Service service, List<ContainerInstance> instances, int port) {
        return instances.stream()
                .flatMap(instance -> target(service, instance, port).stream())
                .toList();
    }

    /// Whether a request that one of these has seen is unanswered.
    boolean isUnderWayAt(Service service, List<ContainerInstance> instances) {
        if (ports(service).isEmpty()) {
            return false;
        }
        List<InetSocketAddress> at = targets(service, instances, ports(service).getFirst());
        return Stream.concat(
                        links.entrySet().stream()
                                .filter(entry -> entry.getKey().to().equals(service.name()))
                                .map(Map.Entry::getValue),
                        way(service.name()).map(LocalWay::link).stream())
                .anyMatch(link -> link.isUnderWayAt(at));
    }

    /// Whether callers of what doesn't listen yet wait for it.
    void setPatient(boolean patient) {
        links.values().forEach(link -> link.setPatient(patient));
    }

    /// What every declared link, and every one from outside, has passed on.
    List<Arm.LinkBytes> bytes() {
        Map<Link, AgentLink> all = new LinkedHashMap<>(links);
        all.keySet().removeIf(link -> link.from().equals(UNDECLARED));
        ways.forEach((service, way) -> all.put(Link.entering(service), way.link()));
        List<Arm.LinkBytes> bytes = new ArrayList<>();
        all.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(entry -> {
                    LinkCounts counts = entry.getValue().counts();
                    bytes.add(new Arm.LinkBytes(entry.getKey(), counts.bytesToServer(), counts.bytesToClient()));
                });
        return List.copyOf(bytes);
    }

    /// Takes every disturbance off.
    void calm() {
        Stream.concat(links.values().stream(), ways.values().stream().map(LocalWay::link))
                .forEach(link -> link.disturbances().keySet().forEach(link::calm));
    }

    /// Returns if the links measured and disturbed as they should.
    void requireSound() {
        agent.requireSound();
    }

    /// The services that have a way in, and its port.
    Map<String, String> entrances() {
        Map<String, String> entrances = new java.util.TreeMap<>();
        ways.forEach((service, way) -> {
            if (scenario.shadow().mode(service) == ServiceMode.RUN) {
                entrances.put(service, "127.0.0.1:" + way.port());
            }
        });
        return entrances;
    }

    void close() {
        try {
            agent.close();
        } catch (EnvironmentException gone) {
            // the container is removed all the same
        }
    }
}
