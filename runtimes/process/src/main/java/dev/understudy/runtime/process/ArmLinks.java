package dev.understudy.runtime.process;

import dev.understudy.links.LinkCounts;
import dev.understudy.links.LinkLoop;
import dev.understudy.links.LinkProxy;
import dev.understudy.links.LinkSpec;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// All links of one arm: one for every declared dependency, listening inside, and one from outside to every
/// service, listening on the host's loopback. Thread-safe.
final class ArmLinks implements AutoCloseable {
    private final Floorplan plan;
    private final LinkLoop loop;
    private final Map<Link, LinkProxy> proxies = new ConcurrentHashMap<>();
    private final Map<String, LinkProxy> direct = new ConcurrentHashMap<>();
    private final ArmName arm;
    private final Scenario scenario;

    ArmLinks(
            ArmName arm,
            Scenario scenario,
            Floorplan plan,
            Enclosure walls,
            Timeline timeline,
            Consumer<LinkSample> samples) {
        this.arm = arm;
        this.scenario = scenario;
        this.plan = plan;
        this.loop = LinkLoop.start("links-" + arm, walls::adoptThread, timeline::now);
        for (Service service : scenario.shadowServices().toList()) {
            for (String callee : service.calls()) {
                Link link = new Link(service.name(), callee);
                proxies.put(link, loop.listen(spec(arm, scenario, plan, link, plan.at(link), samples)));
            }
            Link entering = Link.entering(service.name());
            if (!plan.instances(service.name()).isEmpty()) {
                proxies.put(
                        entering,
                        loop.ingress(
                                spec(arm, scenario, plan, entering, new InetSocketAddress("127.0.0.1", 0), samples)));
            }
        }
    }

    private static LinkSpec spec(
            ArmName arm,
            Scenario scenario,
            Floorplan plan,
            Link link,
            InetSocketAddress at,
            Consumer<LinkSample> samples) {
        Service.Protocol protocol = scenario.topology().service(link.to()).protocol();
        boolean off = scenario.shadow().mode(link.to()) != ServiceMode.RUN;
        List<InetSocketAddress> targets = plan.instances(link.to());
        return off
                ? LinkSpec.refusing(link, arm, protocol, at, samples)
                : new LinkSpec(link, arm, protocol, at, targets, samples);
    }

    /// The proxy on `link`. @throws IllegalArgumentException if there is none
    LinkProxy at(Link link) {
        LinkProxy found = proxies.get(link);
        if (found == null) {
            throw new IllegalArgumentException("the arm has no link " + link);
        }
        return found;
    }

    /// The host's port that leads to `service`.
    int ingress(String service) {
        return at(Link.entering(service)).port();
    }

    /// From now on who calls `service` gets to the instances at these addresses.
    void lead(String service, List<InetSocketAddress> at) {
        plan.note(service, at);
        to(service).forEach(proxy -> proxy.lead(at));
        for (int index = 0; index < at.size(); index++) {
            LinkProxy past = direct.get(service + "#" + index);
            if (past != null) {
                past.lead(List.of(at.get(index)));
            }
        }
    }

    /// Whether the way in leads to just that instance, as it is.
    boolean leadStraightTo(String service, InetSocketAddress at) {
        LinkProxy entering = at(Link.entering(service));
        return entering.targets().equals(List.of(at)) && entering.disturbances().isEmpty();
    }

    /// Whether a request that an instance at one of these addresses has seen is unanswered.
    boolean isUnderWayAt(String service, List<InetSocketAddress> at) {
        return to(service).anyMatch(proxy -> proxy.isUnderWayAt(at));
    }

    private Stream<LinkProxy> to(String service) {
        return proxies.values().stream().filter(proxy -> proxy.link().to().equals(service));
    }

    /// Whether whoever calls a service that doesn't listen yet waits for it, instead of being refused.
    void setPatient(boolean patient) {
        proxies.forEach((link, proxy) -> {
            if (!link.from().equals(Link.OUTSIDE)) {
                proxy.setPatient(patient);
            }
        });
    }

    /// The host's port that leads to one instance of `service`, past all links: nothing on it is measured.
    /// @throws IllegalArgumentException if there is no such instance
    int direct(String service, int index) {
        List<InetSocketAddress> instances = plan.instances(service);
        if (index >= instances.size()) {
            throw new IllegalArgumentException("'" + service + "' has no instance " + index + " that listens");
        }
        Link entering = Link.entering(service);
        return direct.computeIfAbsent(
                        service + "#" + index,
                        _ -> loop.ingress(new LinkSpec(
                                entering,
                                arm,
                                scenario.topology().service(service).protocol(),
                                new InetSocketAddress("127.0.0.1", 0),
                                List.of(instances.get(index)),
                                sample -> {})))
                .port();
    }

    /// What every link has passed on; empty once they are closed.
    List<Arm.LinkBytes> bytes() {
        return loop.isClosed()
                ? List.of()
                : proxies.values().stream()
                        .sorted(Comparator.comparing(LinkProxy::link))
                        .map(ArmLinks::bytes)
                        .toList();
    }

    private static Arm.LinkBytes bytes(LinkProxy proxy) {
        LinkCounts counts = proxy.counts();
        return new Arm.LinkBytes(proxy.link(), counts.bytesToServer(), counts.bytesToClient());
    }

    /// Takes every disturbance off.
    void calm() {
        proxies.values().forEach(proxy -> proxy.disturbances().keySet().forEach(proxy::calm));
    }

    /// Returns if the links measured and disturbed as they should.
    /// @throws IllegalStateException if something went wrong in them, which is a bug of ours: what they
    ///     measured can't be trusted
    void requireSound() {
        loop.defect().ifPresent(bug -> {
            throw new IllegalStateException("the links of an arm failed: " + bug, bug);
        });
    }

    @Override
    public void close() {
        loop.close();
    }
}
