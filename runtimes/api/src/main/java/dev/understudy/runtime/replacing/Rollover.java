package dev.understudy.runtime.replacing;

import dev.understudy.runtime.Arm.Deployed;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// One replacement of a service's instances by others, batch by batch. For one thread, once.
///
/// ```
///  start-first   start new ─▶ healthy ─▶ lead callers there ─▶ old ones answer what they have ─▶ end them
///  stop-first    lead callers to the rest ─▶ old ones answer what they have ─▶ end them ─▶ start new ─▶ healthy
///                ─▶ lead callers there too
/// ```
public final class Rollover<I> {
    private final Fleet<I> fleet;
    private final Service service;
    private final Replacement how;
    private final List<String> course = new ArrayList<>();
    private boolean healthy;
    private long stopping;
    private long starting;

    public Rollover(Fleet<I> fleet, Service service, Replacement how) {
        this.fleet = fleet;
        this.service = service;
        this.how = how;
    }

    /// Whether there is anything to do batch by batch; otherwise all are ended and all are started.
    public static boolean isBatched(Service service, Replacement how) {
        return how.isStartFirst() || how.batches(service.instances()).size() > 1;
    }

    /// Replaces all there are, or as many as it gets to.
    public Deployed run() {
        List<I> fresh = List.of();
        for (List<Integer> batch : how.batches(service.instances())) {
            List<I> old = fleet.present().stream()
                    .filter(instance -> batch.contains(fleet.index(instance)))
                    .toList();
            fresh = how.isStartFirst() ? startFirst(old) : stopFirst(old);
            if (!healthy) {
                return result(false, fleet.digest(fresh.getFirst()), givenUp(fresh));
            }
            settle(old, fresh);
        }
        return result(true, fleet.digest(fresh.getFirst()), "");
    }

    private List<I> startFirst(List<I> old) {
        long began = System.nanoTime();
        List<I> fresh = start(old, true);
        fleet.setPresent(Stream.concat(fleet.present().stream(), fresh.stream()).toList());
        healthy = fleet.awaitHealthy(fresh);
        starting += System.nanoTime() - began;
        return fresh;
    }

    private List<I> stopFirst(List<I> old) {
        List<I> rest = without(old);
        if (!rest.isEmpty()) {
            fleet.lead(rest);
            fleet.drain(old);
        }
        stop(old);
        long began = System.nanoTime();
        List<I> fresh = start(old, false);
        fleet.setPresent(inOrder(rest, fresh));
        healthy = fleet.awaitHealthy(fresh);
        starting += System.nanoTime() - began;
        return fresh;
    }

    private List<I> start(List<I> old, boolean beside) {
        List<I> fresh = new ArrayList<>();
        for (I replaced : old) {
            fresh.add(fleet.start(replaced, beside));
        }
        return fresh;
    }

    private void stop(List<I> old) {
        long began = System.nanoTime();
        fleet.stop(old);
        stopping += System.nanoTime() - began;
    }

    /// The new ones are healthy: they take part, and old ones that still do don't any more.
    private void settle(List<I> old, List<I> fresh) {
        List<I> now =
                inOrder(without(Stream.concat(old.stream(), fresh.stream()).toList()), fresh);
        fleet.lead(now);
        String numbers = String.join(
                ", ",
                fresh.stream()
                        .map(instance -> Integer.toString(fleet.index(instance)))
                        .toList());
        if (how.isStartFirst()) {
            boolean stillServed = old.stream().allMatch(fleet::isAlive);
            fleet.drain(old);
            stop(old);
            course.add("instance " + numbers + ": healthy at " + places(fresh) + " while the old one "
                    + (stillServed ? "still ran" : "had ended") + ", which was ended then");
        } else {
            course.add("instance " + numbers + ": ended, then healthy, while " + (service.instances() - fresh.size())
                    + " others ran");
        }
        fleet.setPresent(now);
    }

    private List<I> without(List<I> left) {
        return fleet.present().stream()
                .filter(instance -> !left.contains(instance))
                .toList();
    }

    private List<I> inOrder(List<I> some, List<I> others) {
        return Stream.concat(some.stream(), others.stream())
                .sorted(Comparator.comparingInt(fleet::index))
                .toList();
    }

    /// Why it went no further. What was started beside others is ended again, and these go on.
    private String givenUp(List<I> fresh) {
        String evidence = fleet.evidence(fresh);
        if (!how.isStartFirst()) {
            return evidence;
        }
        fleet.stop(fresh);
        fleet.setPresent(without(fresh));
        return "not healthy beside the old one, at " + places(fresh) + " as PORT told it; the old ones go on. A service"
                + " that listens elsewhere than on PORT can't be started beside itself.\n" + evidence;
    }

    private String places(List<I> instances) {
        return String.join(", ", instances.stream().map(fleet::place).toList());
    }

    private Deployed result(boolean all, String digest, String evidence) {
        return new Deployed(all, Duration.ofNanos(stopping), Duration.ofNanos(starting), digest, evidence, course);
    }
}
