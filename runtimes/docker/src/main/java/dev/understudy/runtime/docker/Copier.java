package dev.understudy.runtime.docker;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.clone.Mounted;
import dev.understudy.runtime.docker.copy.CopyMain;
import dev.understudy.runtime.docker.copy.FilesCopy;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.Mark;
import dev.understudy.runtime.docker.engine.TarStream;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Service.StoreKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Copies volumes of live's, by containers of our own that have them mounted read-only. A database is asked by
/// its own protocol, from a container that shares the network of its own: nothing is added to live's networks,
/// and live's containers are left alone. Thread-safe.
final class Copier {
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration SHORT_GLANCE = Duration.ofMillis(3);
    private static final int ALL_LINES = 1_000;
    private static final String PAUSED = "paused";
    /// Shares of the processors, where a container usually has 1024: live goes first, unless it waits for the
    /// copy.
    private static final int BESIDE_LIVE = 64;

    private static final int URGENT = 4096;

    private final EngineWork work;
    private final EngineReading reading;
    private final ArmNames names;
    private final Owner owner;
    private final LinkProgram program;
    private final Timeline timeline;
    private final DockerLive live;
    private final LivePause pause;

    /// @param pause stops what writes to unknown files, if the scenario allows it
    Copier(
            EngineWork work,
            EngineReading reading,
            ArmNames names,
            Owner owner,
            LinkProgram program,
            Timeline timeline,
            DockerLive live,
            LivePause pause) {
        this.work = work;
        this.reading = reading;
        this.names = names;
        this.owner = owner;
        this.program = program;
        this.timeline = timeline;
        this.live = live;
        this.pause = pause;
    }

    /// Something of live's that is mounted, and the volume that it is copied to.
    record Pair(Mounted from, Made to) {}

    /// What was copied: the top of each, how much, when, and for how long live stood still.
    record Outcome(List<GoldenData.Top> tops, long bytes, long surelyInMillis, long surelyOutMillis, Duration paused) {
        static Outcome nothing() {
            long now = System.currentTimeMillis();
            return new Outcome(List.of(), 0, now, now, Duration.ZERO);
        }

        Outcome at(long surelyIn, long surelyOut) {
            return new Outcome(tops, bytes, surelyIn, surelyOut, paused);
        }
    }

    /// Volumes that are left as they are made, but for whose they are.
    Outcome empty(Service service, List<Pair> pairs) {
        return ran(service, pairs, List.of("empty"), Map.of(), "none");
    }

    /// Live's data of a service, consistent.
    /// @throws EnvironmentException if that can't be had
    Outcome snapshot(Service service, List<LiveContainer> containers, List<Pair> pairs) {
        StoreKind kind = service.container().map(Service.Container::store).orElse(StoreKind.FILES);
        return switch (kind) {
            case POSTGRES -> postgres(service, containers.getFirst(), pairs);
            case REDIS -> redis(service, containers.getFirst(), pairs);
            case FILES -> files(service, pairs);
            case MYSQL, MARIADB -> mysql(service, containers.getFirst(), pairs);
        };
    }

    private Outcome postgres(Service service, LiveContainer container, List<Pair> pairs) {
        Service.Database database = service.database().orElseThrow();
        Logins logins = new Logins(service, container);
        List<String> words = new ArrayList<>(List.of(
                "postgres",
                Integer.toString(DockerLinks.ports(service).getFirst()),
                database.name(),
                logins.backupUser(),
                container.variable("PGDATA").orElse("/var/lib/postgresql/data")));
        return online(service, container, pairs, words, Map.of("PGPASSWORD", logins.backupPassword()));
    }

    private Outcome redis(Service service, LiveContainer container, List<Pair> pairs) {
        List<String> words =
                List.of("redis", Integer.toString(DockerLinks.ports(service).getFirst()));
        Map<String, String> environment = new RedisLogins(container)
                .password()
                .map(password -> Map.of("REDISCLI_AUTH", password))
                .orElse(Map.of());
        return online(service, container, pairs, words, environment);
    }

    private Outcome mysql(Service service, LiveContainer container, List<Pair> pairs) {
        ended(pairs, "room");
        MysqlCopy.Taken taken = new MysqlCopy(work, reading, names, owner, timeline).run(service, container, pairs);
        return outcome(service, ended(pairs, "look"), Duration.ZERO)
                .at(taken.surelyInMillis(), taken.surelyOutMillis());
    }

    private List<String> ended(List<Pair> pairs, String word) {
        Made copier = container(pairs, List.of(word), Map.of(), "none");
        try {
            work.containers().start(copier);
            return said(copier, awaitEnd(copier));
        } finally {
            work.containers().remove(copier);
        }
    }

    /// Beside a server that goes on.
    private Outcome online(
            Service service,
            LiveContainer container,
            List<Pair> pairs,
            List<String> words,
            Map<String, String> environment) {
        return ran(service, pairs, words, environment, "container:" + container.id());
    }

    private Outcome ran(
            Service service, List<Pair> pairs, List<String> words, Map<String, String> environment, String network) {
        Made copier = container(pairs, words, environment, network);
        try {
            work.containers().start(copier);
            return outcome(service, said(copier, awaitEnd(copier)), Duration.ZERO);
        } finally {
            work.containers().remove(copier);
        }
    }

    private Outcome files(Service service, List<Pair> pairs) {
        List<LiveContainer> writers = new Writers(reading, live).of(service, pairs);
        if (writers.isEmpty() || !pause.isAllowed()) {
            return ran(service, pairs, List.of("files"), Map.of(), "none");
        }
        return paused(service, writers, pairs);
    }

    private Outcome paused(Service service, List<LiveContainer> writers, List<Pair> pairs) {
        Made copier = container(pairs, List.of(PAUSED), Map.of(), "none");
        try (LivePause.Armed armed = pause.arm(writers)) {
            work.containers().start(copier);
            awaitWord(copier, FilesCopy.READY, () -> false);
            Duration paused = armed.during(isOver -> {
                work.containers().kill(copier, FilesCopy.GO_ON);
                awaitWord(copier, FilesCopy.SETTLED, isOver);
            });
            return outcome(service, said(copier, awaitEnd(copier)), paused);
        } finally {
            work.containers().remove(copier);
        }
    }

    private void awaitWord(Made copier, String word, BooleanSupplier isOver) {
        long deadline = timeline.now() + LONGEST.toNanos();
        while (!isOver.getAsBoolean()) {
            List<String> said = reading.logs(copier.id(), ALL_LINES).lines().toList();
            if (said.contains(word)) {
                return;
            }
            JsonNode state = reading.container(copier.id()).path("State");
            if (said.stream().anyMatch(line -> line.startsWith("failed "))
                    || !state.path("Running").asBoolean(false)) {
                said(copier, 1);
            }
            if (timeline.now() > deadline) {
                throw new EnvironmentException("a copy was not finished after " + LONGEST.toMinutes() + " min");
            }
            timeline.sleep(SHORT_GLANCE);
        }
    }

    private int awaitEnd(Made copier) {
        long deadline = timeline.now() + LONGEST.toNanos();
        while (true) {
            JsonNode state = reading.container(copier.id()).path("State");
            if (!state.path("Running").asBoolean(false)) {
                return state.path("ExitCode").asInt(-1);
            }
            if (timeline.now() > deadline) {
                throw new EnvironmentException("a copy was not finished after " + LONGEST.toMinutes() + " min");
            }
            timeline.sleep(GLANCE);
        }
    }

    /// @throws EnvironmentException in the copier's words if it failed
    private List<String> said(Made copier, int code) {
        String said = reading.logs(copier.id(), ALL_LINES);
        if (code != 0) {
            throw new EnvironmentException("no copy of live's data: "
                    + said.lines()
                            .filter(line -> line.startsWith("failed "))
                            .map(line -> line.substring("failed ".length()))
                            .findFirst()
                            .orElse("it ended with " + code + ": " + said));
        }
        return said.lines().toList();
    }

    private static Outcome outcome(Service service, List<String> lines, Duration paused) {
        List<GoldenData.Top> tops = new ArrayList<>();
        long bytes = 0;
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words[0].equals("copied")) {
                bytes += Long.parseLong(words[2]);
                tops.add(new GoldenData.Top(
                        new TarStream.Owner(Integer.parseInt(words[3]), Integer.parseInt(words[4])),
                        Integer.parseInt(words[5])));
            }
        }
        String[] done = lines.stream()
                .filter(line -> line.startsWith("done "))
                .findFirst()
                .orElseThrow(() -> new EnvironmentException("nothing was copied of '" + service.name() + "'"))
                .split(" ");
        return new Outcome(tops, bytes, Long.parseLong(done[1]), Long.parseLong(done[2]), paused);
    }

    /// Live's are mounted where they are in live's container, ours under `/golden`.
    private Made container(List<Pair> pairs, List<String> words, Map<String, String> environment, String network) {
        ObjectNode body = Bodies.labelled(owner);
        List<String> all = new ArrayList<>(words);
        ArrayNode mounts = JsonNodeFactory.instance.arrayNode();
        int number = 0;
        for (Pair pair : pairs) {
            Mounted from = pair.from();
            String to = "/golden/" + number;
            mounts.addObject()
                    .put("Type", from.type())
                    .put("Source", from.type().equals("volume") ? from.name() : from.source())
                    .put("Target", from.destination())
                    .put("ReadOnly", true);
            mounts.addObject()
                    .put("Type", "volume")
                    .put("Source", pair.to().name())
                    .put("Target", to);
            all.add(from.destination());
            all.add(to);
            number++;
        }
        program.into(body, CopyMain.class.getName(), all);
        ArrayNode lines = body.putArray("Env");
        environment.forEach((name, value) -> lines.add(name + "=" + value));
        ObjectNode host = body.putObject("HostConfig");
        host.put("NetworkMode", network).put("CpuShares", words.contains(PAUSED) ? URGENT : BESIDE_LIVE);
        host.set("Mounts", mounts);
        return work.containers()
                .create(new Mark("both", "copy"), names.next("copy"), body, JsonNodeFactory.instance.objectNode());
    }
}
