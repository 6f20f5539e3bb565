package dev.understudy.runtime.docker;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.docker.clone.AddressPlan;
import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which services of an arm are on which networks, under which names, at which addresses. A container that shares the
/// network of another is where that one is. Thread-safe.
record Neighbours(Scenario scenario, DockerLive live, AddressPlan plan) {

    /// All networks of live that an arm needs, sorted.
    static List<String> all(Scenario scenario, DockerLive live) {
        return scenario.shadowServices()
                .flatMap(service -> live.containers(service.name()).stream())
                .flatMap(container -> container.networks().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /// Live's networks that a service is on, its own or those of the container whose network it shares.
    List<String> networks(String service) {
        return hostOf(service).map(this::own).orElseGet(() -> own(service));
    }

    private List<String> own(String service) {
        return live.containers(service).stream()
                .flatMap(container -> container.networks().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /// The service whose container's network this one shares.
    Optional<String> hostOf(String service) {
        return live.containers(service).stream()
                .flatMap(container -> container.joinedTo().stream())
                .flatMap(id -> scenario.shadowServices()
                        .flatMap(other -> live.containers(other.name()).stream())
                        .filter(other -> other.id().equals(id) || other.name().equals(id))
                        .map(LiveContainer::service))
                .findFirst();
    }

    /// A network that both ends of a link are on.
    /// @throws EnvironmentException if there is none: the call could not get through in live either
    String between(Link link) {
        List<String> callees = networks(link.to());
        return networks(link.from()).stream()
                .filter(callees::contains)
                .findFirst()
                .orElseThrow(() -> new EnvironmentException("'" + link.from() + "' is said to call '" + link.to()
                        + "', but they share no network: " + networks(link.from()) + " and " + callees));
    }

    /// The names under which a service is found on any network.
    Set<String> names(String service) {
        Set<String> names = new LinkedHashSet<>(List.of(service));
        for (LiveContainer container : live.containers(service)) {
            container.networks().keySet().forEach(network -> names.addAll(container.namesOn(network)));
            names.add(container.name());
        }
        return names;
    }

    /// Every address that an instance of a service may have.
    List<InetAddress> everyAddress(Service service) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String network : own(service.name())) {
            for (int index = 0; index < service.instances(); index++) {
                addresses.add(plan.container(network, service.name(), index, false));
                addresses.add(plan.container(network, service.name(), index, true));
            }
        }
        return addresses;
    }

    /// The services that share the network of a container of `service`.
    Stream<String> guestsOf(String service) {
        return scenario.shadowServices()
                .map(Service::name)
                .filter(other -> hostOf(other).filter(service::equals).isPresent());
    }
}
