package dev.understudy.analysis.judge;

import dev.understudy.analysis.Profile.Measure;
import dev.understudy.journal.Journal.LinkBytes;
import dev.understudy.journal.Journal.ResourceSecond;
import dev.understudy.scenario.Link;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What services used second by second in one trial: instances added up, and the bytes of links given to the
/// services at their ends.
final class UsedSeconds {
    private final Map<String, Map<Measure, NavigableMap<Long, Double>>> seen = new HashMap<>();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    private UsedSeconds() {}

    static UsedSeconds of(TrialRecord trial) {
        UsedSeconds seconds = new UsedSeconds();
        trial.resources().forEach(seconds::add);
        trial.bytes().forEach(seconds::add);
        return seconds;
    }

    /// By measure and second; empty if no process of the service was seen in the arm.
    Map<Measure, NavigableMap<Long, Double>> of(String arm, String service) {
        Map<Measure, NavigableMap<Long, Double>> found = seen.getOrDefault(arm + "/" + service, Map.of());
        NavigableMap<Long, Double> running = found.get(Measure.CPU);
        if (running == null) {
            return Map.of();
        }
        // links without a word in a second have no record of it: while the service ran, that is 0
        for (Measure network : new Measure[] {Measure.NETWORK_RECEIVED, Measure.NETWORK_SENT}) {
            NavigableMap<Long, Double> passed = found.get(network);
            if (passed != null) {
                running.keySet().forEach(second -> passed.putIfAbsent(second, 0.0));
            }
        }
        return found;
    }

    /// The first second with a sample of a process.
    long first() {
        return first;
    }

    /// The last.
    long last() {
        return last;
    }

    private void add(ResourceSecond use) {
        String of = use.arm() + "/" + use.service();
        first = Math.min(first, use.second());
        last = Math.max(last, use.second());
        add(of, Measure.CPU, use.second(), use.cpu());
        add(of, Measure.MEMORY, use.second(), (double) use.residentBytes());
        add(of, Measure.DISK_READ, use.second(), use.readBytes());
        add(of, Measure.DISK_WRITTEN, use.second(), use.writtenBytes());
        add(of, Measure.THREADS, use.second(), use.threads());
    }

    private void add(LinkBytes bytes) {
        int arrow = bytes.link().indexOf("->");
        String caller = bytes.arm() + "/" + bytes.link().substring(0, arrow);
        String callee = bytes.arm() + "/" + bytes.link().substring(arrow + 2);
        add(callee, Measure.NETWORK_RECEIVED, bytes.second(), (double) bytes.toCallee());
        add(callee, Measure.NETWORK_SENT, bytes.second(), (double) bytes.toCaller());
        if (!bytes.link().startsWith(Link.OUTSIDE + "->")) {
            add(caller, Measure.NETWORK_SENT, bytes.second(), (double) bytes.toCallee());
            add(caller, Measure.NETWORK_RECEIVED, bytes.second(), (double) bytes.toCaller());
        }
    }

    private void add(String of, Measure measure, long second, OptionalLong value) {
        value.ifPresent(known -> add(of, measure, second, (double) known));
    }

    private void add(String of, Measure measure, long second, double value) {
        seen.computeIfAbsent(of, _ -> new EnumMap<>(Measure.class))
                .computeIfAbsent(measure, _ -> new TreeMap<>())
                .merge(second, value, Double::sum);
    }
}
