package dev.understudy.runtime.process;

import dev.understudy.runtime.Arm.Deployed;
import dev.understudy.runtime.Release;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Service;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One replacement of a service's instances by others, batch by batch. For one thread, once.
///
/// ```
///  start-first   start new ─▶ healthy ─▶ lead callers there ─▶ old ones answer what they have ─▶ end them
///  stop-first    lead callers to the rest ─▶ old ones answer what they have ─▶ end them ─▶ start new ─▶ healthy
///                ─▶ lead callers there too
/// ```
final class Rollover {
    private final Deployer deployer;
    private final Service service;
    private final Release release;
    private final Replacement how;
    private final List<String> course = new ArrayList<>();
    private boolean healthy;
    private long stopping;
    private long starting;

    Rollover(Deployer deployer, Service service, Release release, Replacement how) {
        this.deployer = deployer;
        this.service = service;
        this.release = release;
        this.how = how;
    }

    Deployed run() {
        List<Instance> fresh = List.of();
        for (List<Integer> batch : how.batches(service.instances())) {
            List<Instance> old = deployer.present(service).stream()
                    .filter(instance -> batch.contains(instance.index()))
                    .toList();
            fresh = how.isStartFirst() ? startFirst(old) : stopFirst(old);
            if (!healthy) {
                return result(false, fresh.getFirst().digest(), givenUp(fresh));
            }
            settle(old, fresh);
        }
        return result(true, fresh.getFirst().digest(), "");
    }

    private List<Instance> startFirst(List<Instance> old) {
        long began = System.nanoTime();
        List<Instance> fresh = start(old, true);
        deployer.setPresent(
                service,
                Stream.concat(deployer.present(service).stream(), fresh.stream())
                        .toList());
        healthy = deployer.awaitHealthy(service, fresh);
        starting += System.nanoTime() - began;
        return fresh;
    }

    private List<Instance> stopFirst(List<Instance> old) {
        List<Instance> rest = without(old);
        if (!rest.isEmpty()) {
            deployer.lead(service, rest);
            deployer.drain(service, old);
        }
        stop(old);
        long began = System.nanoTime();
        List<Instance> fresh = start(old, false);
        deployer.setPresent(service, inOrder(rest, fresh));
        healthy = deployer.awaitHealthy(service, fresh);
        starting += System.nanoTime() - began;
        return fresh;
    }

    private List<Instance> start(List<Instance> old, boolean beside) {
        List<Instance> fresh = new ArrayList<>();
        for (Instance replaced : old) {
            Optional<InetSocketAddress> at = beside ? deployer.beside(replaced) : replaced.at();
            fresh.add(deployer.start(service, replaced.index(), at, release, () -> true));
        }
        return fresh;
    }

    private void stop(List<Instance> old) {
        long began = System.nanoTime();
        deployer.stop(service, old);
        stopping += System.nanoTime() - began;
    }

    /// The new ones are healthy: they take part, and old ones that still do don't any more.
    private void settle(List<Instance> old, List<Instance> fresh) {
        List<Instance> now =
                inOrder(without(Stream.concat(old.stream(), fresh.stream()).toList()), fresh);
        deployer.lead(service, now);
        String numbers = String.join(
                ", ",
                fresh.stream()
                        .map(instance -> Integer.toString(instance.index()))
                        .toList());
        if (how.isStartFirst()) {
            boolean stillServed = old.stream().allMatch(Instance::isAlive);
            deployer.drain(service, old);
            stop(old);
            course.add("instance " + numbers + ": healthy at " + places(fresh) + " while the old one "
                    + (stillServed ? "still ran" : "had ended") + ", which was ended then");
        } else {
            course.add("instance " + numbers + ": ended, then healthy, while " + (service.instances() - fresh.size())
                    + " others ran");
        }
        deployer.setPresent(service, now);
    }

    private List<Instance> without(List<Instance> left) {
        return deployer.present(service).stream()
                .filter(instance -> !left.contains(instance))
                .toList();
    }

    private static List<Instance> inOrder(List<Instance> some, List<Instance> others) {
        return Stream.concat(some.stream(), others.stream())
                .sorted(Comparator.comparingInt(Instance::index))
                .toList();
    }

    /// Why it went no further. What was started beside others is ended again, and these go on.
    private String givenUp(List<Instance> fresh) {
        String evidence = Deployer.evidence(fresh);
        if (!how.isStartFirst()) {
            return evidence;
        }
        deployer.stop(service, fresh);
        deployer.setPresent(service, without(fresh));
        return "not healthy beside the old one, at " + places(fresh) + " as PORT told it; the old ones go on. A service"
                + " that listens elsewhere than on PORT can't be started beside itself.\n" + evidence;
    }

    private static String places(List<Instance> instances) {
        return String.join(
                ", ",
                instances.stream()
                        .map(instance -> instance.at()
                                .map(at -> at.getAddress().getHostAddress() + ":" + at.getPort())
                                .orElse("no port"))
                        .toList());
    }

    private Deployed result(boolean all, String digest, String evidence) {
        return new Deployed(all, Duration.ofNanos(stopping), Duration.ofNanos(starting), digest, evidence, course);
    }
}
