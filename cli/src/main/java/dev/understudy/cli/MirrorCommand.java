package dev.understudy.cli;

import dev.understudy.mirror.tap.MirrorSettings;
import dev.understudy.mirror.tap.MirrorTap;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.reading.Validation;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `mirror FILE`: live's own mirror, a process of live's: it passes users' requests on and hands samples to
/// whoever subscribes.
@Command(
        name = "mirror",
        mixinStandardHelpOptions = true,
        description = "Runs live's own mirror of a topology until it is stopped; a rehearsal only subscribes to it.")
final class MirrorCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "a topology with 'mirror:', or a scenario of one")
    String file = "";

    @Override
    public Integer call() throws InterruptedException {
        Topology topology = topology();
        if (topology.mirror().isEmpty()) {
            throw new ScenarioException(
                    List.of(Problem.at(topology.place(), "topology '" + topology.name() + "' declares no 'mirror'")));
        }
        MirrorSettings settings = MirrorSettings.of(topology);
        settings.warning().ifPresent(warning -> System.err.println("understudy: warning: " + warning));
        CountDownLatch stopped = new CountDownLatch(1);
        try (MirrorTap tap = MirrorTap.start(settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
            System.out.println(
                    "mirroring '" + topology.mirror().get().service() + "' at " + tap.at() + ", feed at " + tap.feed());
            stopped.await();
        }
        return ExitCode.GO.code();
    }

    private Topology topology() {
        Validation validation = Language.validate(List.of(file));
        if (!validation.isSound()) {
            throw new ScenarioException(validation.problems());
        }
        return validation.topologies().isEmpty()
                ? validation.scenarios().getFirst().topology()
                : validation.topologies().getFirst();
    }
}
