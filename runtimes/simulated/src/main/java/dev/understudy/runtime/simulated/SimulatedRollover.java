package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Arm.Deployed;
import dev.understudy.runtime.Release;
import dev.understudy.scenario.Replacement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Replaces the instances of one simulated service batch by batch. For the thread that deploys, once.
final class SimulatedRollover {
    private final SimulatedArm arm;
    private final SimulatedSystem system;
    private final ServiceModel model;
    private final Release release;
    private final Replacement how;
    private final List<String> course = new ArrayList<>();
    private long stopping;
    private long starting;

    SimulatedRollover(SimulatedArm arm, SimulatedSystem system, ServiceModel model, Release release, Replacement how) {
        this.arm = arm;
        this.system = system;
        this.model = model;
        this.release = release;
        this.how = how;
    }

    Deployed run() {
        for (List<Integer> batch : how.batches(model.instances())) {
            List<Incarnation> old = system.processes().of(model.name()).stream()
                    .filter(each -> batch.contains(each.index))
                    .toList();
            if (!how.isStartFirst()) {
                stop(old);
            }
            List<Incarnation> begun = system.processes().startBeside(model.name(), release, batch);
            long began = system.timeline().now();
            boolean healthy = arm.awaitUp(begun, began + model.healthWithin().toNanos());
            starting += system.timeline().now() - began;
            if (!healthy) {
                if (how.isStartFirst()) {
                    system.processes().end(model.name(), begun);
                }
                return result(false, SimulatedArm.lastWords(begun));
            }
            if (how.isStartFirst()) {
                stop(old);
            }
            course.add("instances " + batch + ": "
                    + (how.isStartFirst()
                            ? "new ones healthy, then old ones ended"
                            : "old ones ended, then new ones healthy"));
        }
        return result(true, "");
    }

    private void stop(List<Incarnation> old) {
        long began = system.timeline().now();
        system.processes().end(model.name(), old);
        stopping += system.timeline().now() - began;
    }

    private Deployed result(boolean healthy, String evidence) {
        return new Deployed(
                healthy,
                Duration.ofNanos(stopping),
                Duration.ofNanos(starting),
                Processes.digest(model.name(), release),
                evidence,
                course);
    }
}
