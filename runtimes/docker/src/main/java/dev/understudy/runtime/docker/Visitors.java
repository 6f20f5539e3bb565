package dev.understudy.runtime.docker;

import dev.understudy.runtime.Arm.Execution;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.Mark;
import dev.understudy.scenario.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Containers in an arm that run one program to its end: a step's, or the probes. Thread-safe.
final class Visitors {
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final int SHOWN_LINES = 200;
    private static final int TIMED_OUT = 124;
    private static final int NOT_STARTED = 127;

    private final EngineWork work;
    private final EngineReading reading;
    private final ArmNames names;
    private final ArmNetworks networks;
    private final Timeline timeline;
    private final Set<String> inside = ConcurrentHashMap.newKeySet();

    Visitors(EngineWork work, EngineReading reading, ArmNames names, ArmNetworks networks, Timeline timeline) {
        this.work = work;
        this.reading = reading;
        this.names = names;
        this.networks = networks;
        this.timeline = timeline;
    }

    /// Whether that container is one of them.
    boolean knows(String id) {
        return inside.contains(id);
    }

    /// Runs what `body` says, on all of the arm's networks.
    ///
    /// @param command for people
    /// @param body of the container, given the network on which it is made
    Execution execute(List<String> command, Function<String, ObjectNode> body, Duration timeout) {
        String literal = Secrets.typed(command);
        long deadline = timeline.now() + timeout.toNanos();
        Made container;
        try {
            container = make(body);
        } catch (EnvironmentException e) {
            return new Execution(false, NOT_STARTED, "can't start: " + e.getMessage(), literal, false);
        }
        inside.add(container.id());
        try {
            work.containers().start(container);
            JsonNode state = state(container);
            while (state.path("Running").asBoolean(false) && timeline.now() < deadline) {
                timeline.sleep(GLANCE);
                state = state(container);
            }
            boolean ended = !state.path("Running").asBoolean(false);
            int code = ended ? state.path("ExitCode").asInt(-1) : TIMED_OUT;
            String output = reading.logs(container.id(), SHOWN_LINES);
            return new Execution(ended && code == 0, code, output, literal, !ended);
        } catch (EnvironmentException e) {
            return new Execution(false, NOT_STARTED, "can't start: " + e.getMessage(), literal, false);
        } finally {
            timeline.shielded(() -> work.containers().remove(container));
            inside.remove(container.id());
        }
    }

    private JsonNode state(Made container) {
        return reading.container(container.id()).path("State");
    }

    private Made make(Function<String, ObjectNode> body) {
        List<String> live = networks.live();
        String first = live.getFirst();
        Made container = work.containers()
                .create(
                        new Mark(names.arm().toString(), "visitor"),
                        names.next("visitor"),
                        body.apply(first),
                        networks.networking(first, networks.plan().visitor(first)));
        live.stream()
                .skip(1)
                .forEach(network -> work.networks()
                        .connect(
                                networks.of(network),
                                container,
                                ArmNetworks.endpoint(networks.plan().visitor(network))));
        return container;
    }

    /// Those that are still there are removed by whoever waits for them.
    void end() {
        inside.forEach(
                id -> work.made().stream().filter(made -> made.id().equals(id)).forEach(work.containers()::remove));
    }

    /// A body with nothing in it but whose it is.
    static ObjectNode empty(Owner owner) {
        ObjectNode body = Bodies.labelled(owner);
        body.set("HostConfig", JsonNodeFactory.instance.objectNode());
        return body;
    }
}
