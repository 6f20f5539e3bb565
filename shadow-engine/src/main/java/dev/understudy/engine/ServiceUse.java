package dev.understudy.engine;

import dev.understudy.journal.Journal;
import dev.understudy.runtime.Arm;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.StabilityRule.Resource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// What each service of an arm uses now, as rules see it: of processes that of the instance that uses most, of links
/// the sum of all it has. Not thread-safe.
final class ServiceUse {
    private final Map<Resource, Map<String, Double>> figures = new EnumMap<>(Resource.class);

    /// What an instance holds.
    void holds(Arm.ResourceUse use) {
        most(Resource.MEMORY, use.service(), (double) use.residentBytes());
        most(Resource.THREADS, use.service(), use.threads());
    }

    /// What an instance used in the last second.
    void used(Journal.ResourceSecond second) {
        most(Resource.CPU, second.service(), second.cpu());
        most(Resource.DISK_READ, second.service(), second.readBytes());
        most(Resource.DISK_WRITTEN, second.service(), second.writtenBytes());
    }

    /// What a link passed on in the last second, in bytes a second.
    void passed(Link link, long toCallee, long toCaller) {
        sum(Resource.NETWORK_RECEIVED, link.to(), toCallee);
        sum(Resource.NETWORK_SENT, link.to(), toCaller);
        if (!link.from().equals(Link.OUTSIDE)) {
            sum(Resource.NETWORK_SENT, link.from(), toCallee);
            sum(Resource.NETWORK_RECEIVED, link.from(), toCaller);
        }
    }

    /// By resource and service, in the unit of the resource; absent is what was not measured.
    Map<Resource, Map<String, Double>> figures() {
        return figures;
    }

    private void most(Resource resource, String service, OptionalLong value) {
        value.ifPresent(known -> most(resource, service, (double) known));
    }

    private void most(Resource resource, String service, double value) {
        of(resource).merge(service, value, Math::max);
    }

    private void sum(Resource resource, String service, long value) {
        of(resource).merge(service, (double) value, Double::sum);
    }

    private Map<String, Double> of(Resource resource) {
        return figures.computeIfAbsent(resource, _ -> new HashMap<>());
    }
}
