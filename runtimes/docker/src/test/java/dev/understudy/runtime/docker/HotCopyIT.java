package dev.understudy.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.docker.engine.LinkImage;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.runtime.docker.engine.Mark;
import dev.understudy.runtime.docker.engine.Ran;
import dev.understudy.runtime.docker.engine.ServiceImages;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Why files in motion are not copied: what comes of it is broken.
final class HotCopyIT {
    private static final int MOST_ROUNDS = 5;
    private static final String DATA = "/var/lib/postgresql/data";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void aCopyOfFilesInMotionBreaksAnInvariantOrDoesNotStart() throws Exception {
        try (StoresProject project = new StoresProject(directory)) {
            Made db = Banks.start(project, "{kind: postgres, database: bank, user: bank}");
            int broken = 0;
            int rounds = 0;
            try (BankLoad bank = new BankLoad(Banks.login(project, db), Banks.ACCOUNTS, 4);
                    Checkpoints often = new Checkpoints(Banks.login(project, db))) {
                while (broken == 0 && rounds < MOST_ROUNDS) {
                    Made copy = hotCopy(project, rounds++);
                    broken += isBroken(project, copy) ? 1 : 0;
                }
                assertThat(bank.failed).hasValue(0);
                assertThat(often.made).hasValueGreaterThan(0);
            }
            System.out.println(broken + " of " + rounds + " hot copies were broken");
            assertThat(broken).isPositive();
        }
    }

    private static Made hotCopy(StoresProject project, int round)
            throws InterruptedException, ExecutionException, TimeoutException {
        LinkImage image = NotesProject.image();
        Made copy = project.live.volume("hot-" + round);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Image", image.ensure(project.engine.work(), _ -> {}));
        var words = body.putArray("Cmd");
        image.command(HotCopyProgram.class.getName(), 64, List.of("/from", "/to"))
                .forEach(words::add);
        var mounts = body.putObject("HostConfig").put("NetworkMode", "none").putArray("Mounts");
        mounts.addObject()
                .put("Type", "volume")
                .put("Source", project.project + "_db")
                .put("Target", "/from")
                .put("ReadOnly", true);
        mounts.addObject().put("Type", "volume").put("Source", copy.name()).put("Target", "/to");
        Made program = project.engine
                .work()
                .containers()
                .create(
                        new Mark("test", "copy"),
                        project.engine.name("hot-" + round),
                        body,
                        JsonNodeFactory.instance.objectNode());
        project.engine.work().containers().start(program);
        assertThat(project.engine.work().containers().exit(program).get(2, TimeUnit.MINUTES))
                .as(() -> project.engine.reading().logs(program.id(), 50))
                .isZero();
        return copy;
    }

    /// A server over the copy, beside live's own.
    private static boolean isBroken(StoresProject project, Made copy) throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Image", ServiceImages.tag(project.engine, "postgres"));
        // the copy holds the lock of live's server
        body.putArray("Entrypoint")
                .add("bash")
                .add("-c")
                .add("rm -f $PGDATA/postmaster.pid; exec docker-entrypoint.sh " + "postgres");
        Made server = project.live.start(copy.name(), body, Map.of(), Map.of(DATA, copy));
        for (long end = System.nanoTime() + SOON.toNanos(); System.nanoTime() < end; Thread.sleep(200)) {
            boolean runs = project.engine
                    .reading()
                    .container(server.id())
                    .path("State")
                    .path("Running")
                    .asBoolean();
            if (!runs) {
                System.out.println("a hot copy did not start: " + lastLine(project, server));
                return true;
            }
            Ran asked = project.engine
                    .work()
                    .containers()
                    .exec(
                            server,
                            List.of("psql", "-h", "127.0.0.1", "-U", "bank", "bank", "-Atc", BankLoad.BROKEN),
                            Map.of(),
                            SOON);
            if (asked.isFine()) {
                System.out.println(
                        "a hot copy that started has " + asked.output().strip() + " wrong balances");
                return !asked.output().strip().equals("0");
            }
            if (asked.output().contains("ERROR")) {
                System.out.println(
                        "a hot copy that started says: " + asked.output().strip());
                return true;
            }
        }
        return true;
    }

    private static String lastLine(StoresProject project, Made server) {
        return project.engine.reading().logs(server.id(), 1).strip();
    }

    /// What a busy server does now and then, all the time.
    private static final class Checkpoints implements AutoCloseable {
        private final AtomicBoolean done = new AtomicBoolean();
        private final AtomicLong made = new AtomicLong();
        private final Thread asking;

        Checkpoints(dev.understudy.store.postgres.Login login) {
            this.asking = Thread.ofVirtual().start(() -> {
                try (Connection connection = login.open(SOON);
                        Statement statement = connection.createStatement()) {
                    while (!done.get()) {
                        statement.execute("checkpoint");
                        made.incrementAndGet();
                    }
                } catch (SQLException e) {
                    System.out.println("no checkpoints any more: " + e.getMessage());
                }
            });
        }

        @Override
        public void close() {
            done.set(true);
            try {
                asking.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
