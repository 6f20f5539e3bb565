package dev.understudy.runtime.docker;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.Mark;
import dev.understudy.runtime.docker.engine.Ran;
import dev.understudy.scenario.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Copies a running MariaDB or MySQL with the programs of live's own image: all databases are dumped in one
/// transaction, and loaded into new volumes by the first start that the image has of its own. No lock is held
/// in live.
///
/// ```
///  live ◀── dump (in live's network, one transaction) ──▶ all.sql ──▶ first start (no network) ──▶ golden
/// ```
final class MysqlCopy {
    /// Tables that know no transactions change under the dump, so they are looked for first.
    private static final String DUMP = """
            set -e
            client=$(command -v mariadb || command -v mysql)
            dump=$(command -v mariadb-dump || command -v mysqldump)
            at="--protocol=tcp -h 127.0.0.1 -P $AT_PORT -u root"
            other=$($client $at -N -B -e "select concat(table_schema, '.', table_name, ' (', engine, ')')
              from information_schema.tables where table_type = 'BASE TABLE' and engine <> 'InnoDB'
              and table_schema not in ('mysql', 'information_schema', 'performance_schema', 'sys')")
            if [ -n "$other" ]; then
              echo "these tables know no transactions, so they can't be copied while live runs:" $other
              exit 1
            fi
            more=
            if $dump --help | grep -q set-gtid-purged; then more=--set-gtid-purged=OFF; fi
            $dump $at --single-transaction --quick --all-databases --routines --events --triggers --hex-blob $more \\
              > /understudy-dump/all.sql
            chmod 644 /understudy-dump/all.sql
            """;

    private static final String ANSWERS =
            "$(command -v mariadb-admin || command -v mysqladmin) --protocol=tcp " + "-h 127.0.0.1 -P $AT_PORT ping";
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration STOP = Duration.ofMinutes(2);
    private static final int SAID = 30;

    private final EngineWork work;
    private final EngineReading reading;
    private final ArmNames names;
    private final Owner owner;
    private final Timeline timeline;

    MysqlCopy(EngineWork work, EngineReading reading, ArmNames names, Owner owner, Timeline timeline) {
        this.work = work;
        this.reading = reading;
        this.names = names;
        this.owner = owner;
        this.timeline = timeline;
    }

    /// When the copy was taken, by the wall clock of this machine.
    record Taken(long surelyInMillis, long surelyOutMillis) {}

    /// Fills the volumes of `pairs`.
    /// @throws EnvironmentException in the programs' words if they fail
    Taken run(Service service, LiveContainer container, List<Copier.Pair> pairs) {
        String password = new MysqlLogins(reading, container).rootPassword();
        String port = Integer.toString(DockerLinks.ports(service).getFirst());
        Made dumped = work.volumes().create(new Mark("both", "data"), names.next("dump"), Bodies.labelled(owner));
        try {
            long surelyIn = System.currentTimeMillis();
            dump(service, container, dumped, password, port);
            long surelyOut = System.currentTimeMillis() + 1;
            load(service, container, pairs, dumped, port);
            return new Taken(surelyIn, surelyOut);
        } finally {
            work.volumes().remove(dumped);
        }
    }

    private void dump(Service service, LiveContainer container, Made dumped, String password, String port) {
        ObjectNode body = Bodies.labelled(owner);
        body.put("Image", container.image().path("Id").asString()).put("User", "0");
        body.putArray("Entrypoint").add("sh").add("-c").add(DUMP);
        body.putArray("Cmd");
        body.putArray("Env").add("MYSQL_PWD=" + password).add("AT_PORT=" + port);
        ObjectNode host = body.putObject("HostConfig");
        host.put("NetworkMode", "container:" + container.id());
        mount(host.putArray("Mounts"), "volume", dumped.name(), "/understudy-dump", false);
        Made program = made(body);
        try {
            work.containers().start(program);
            int code = work.containers().exit(program).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            if (code != 0) {
                throw failed(service, "dumped", reading.logs(program.id(), SAID));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while '" + service.name() + "' was dumped", e);
        } catch (ExecutionException | TimeoutException e) {
            throw failed(service, "dumped", String.valueOf(e.getMessage()));
        } finally {
            work.containers().remove(program);
        }
    }

    private void load(Service service, LiveContainer container, List<Copier.Pair> pairs, Made dumped, String port) {
        ObjectNode body = Bodies.labelled(owner);
        body.put("Image", container.image().path("Id").asString());
        body.set("Entrypoint", container.config().path("Entrypoint"));
        body.set("Cmd", container.config().path("Cmd"));
        ArrayNode environment = body.putArray("Env");
        environment.add("AT_PORT=" + port);
        container.environment().stream()
                .filter(line -> !line.matches("(MARIADB|MYSQL)_(DATABASE|USER|PASSWORD)(_FILE)?=.*")) // in the dump
                .forEach(environment::add);
        ObjectNode host = body.putObject("HostConfig");
        host.put("NetworkMode", "none");
        ArrayNode mounts = host.putArray("Mounts");
        pairs.forEach(
                pair -> mount(mounts, "volume", pair.to().name(), pair.from().destination(), false));
        mount(mounts, "volume", dumped.name(), "/docker-entrypoint-initdb.d", true);
        container.mounts().stream()
                .filter(mount -> mount.type().equals("bind") && !mount.keepsData() && !mount.isEngineSocket())
                .filter(mount -> !mount.destination().startsWith("/docker-entrypoint-initdb.d"))
                .forEach(mount -> mount(mounts, mount.type(), mount.source(), mount.destination(), true));
        Made server = made(body);
        try {
            work.containers().start(server);
            awaitAnswer(service, server);
            work.containers().stop(server, STOP);
            int code = reading.container(server.id())
                    .path("State")
                    .path("ExitCode")
                    .asInt(-1);
            if (code != 0) {
                throw failed(service, "stopped after it was loaded", reading.logs(server.id(), SAID));
            }
        } finally {
            work.containers().remove(server);
        }
    }

    /// Over the network, where a server answers once the first start is over.
    private void awaitAnswer(Service service, Made server) {
        long deadline = timeline.now() + LONGEST.toNanos();
        while (timeline.now() < deadline) {
            if (!reading.container(server.id()).path("State").path("Running").asBoolean(false)) {
                break;
            }
            Ran asked = work.containers().exec(server, List.of("sh", "-c", ANSWERS), Map.of(), ANSWER);
            if (asked.isFine()) {
                return;
            }
            timeline.sleep(GLANCE);
        }
        throw failed(service, "loaded", reading.logs(server.id(), SAID));
    }

    private Made made(ObjectNode body) {
        return work.containers()
                .create(new Mark("both", "copy"), names.next("copy"), body, JsonNodeFactory.instance.objectNode());
    }

    private static void mount(ArrayNode mounts, String type, String source, String target, boolean readOnly) {
        mounts.addObject()
                .put("Type", type)
                .put("Source", source)
                .put("Target", target)
                .put("ReadOnly", readOnly);
    }

    private static EnvironmentException failed(Service service, String what, String said) {
        return new EnvironmentException("the data of '" + service.name() + "' could not be " + what + ": " + said);
    }
}
