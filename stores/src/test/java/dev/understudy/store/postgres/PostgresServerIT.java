package dev.understudy.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.store.Frozen;
import dev.understudy.store.Program;
import dev.understudy.store.postgres.PostgresServer.Care;
import dev.understudy.store.postgres.PostgresServer.Listening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void theProcessThatIsStartedIsTheServerAndItListensWhereItIsTold() throws Exception {
        Path data = directory.resolve("data");
        TestServers.data(TestServers.EMBEDDED, data).initialise(content(Optional.empty()), Care.SHADOW);
        int port = freePort();
        Process process = start(PostgresServer.of(TestServers.EMBEDDED)
                .run(data, Listening.on("127.0.0.1", port), Care.SHADOW, Map.of("max_connections", "20")));
        try {
            Login login = Login.of("127.0.0.1", port, "shop", "shop");
            assertThat(ready(login)).isTrue();
            assertThat(Files.readAllLines(data.resolve("postmaster.pid")).getFirst())
                    .isEqualTo(Long.toString(process.pid()));
            assertThat(shown(login, "max_connections")).isEqualTo("20");
            assertThat(shown(login, "synchronous_commit")).isEqualTo("on");
        } finally {
            Program.run(List.of("kill", "-INT", Long.toString(process.pid())), LIMIT);
            assertThat(Program.waitFor(process, LIMIT)).isTrue();
        }
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void passwordsAreAskedForInLiveAndInItsClone() throws Exception {
        Optional<String> password = Optional.of("it's \\ a 'secret'");
        Path data = directory.resolve("data");
        TestServers.data(TestServers.EMBEDDED, data).initialise(content(password), Care.LIVE);
        Frozen frozen;
        try (PostgresRun live = run(data, Care.LIVE, password)) {
            Login login = live.login("shop", "shop", password);
            assertOnlyWithPassword(login);
            frozen = PostgresStoreIT.store(login, 0).freeze(directory.resolve("clone"));
        }
        TestServers.data(TestServers.EMBEDDED, frozen.directory()).settle();
        try (PostgresRun clone = run(frozen.directory(), Care.SHADOW, password)) {
            assertOnlyWithPassword(clone.login("shop", "shop", password));
        }
        assertThat(frozen.directory().resolve("backup_label")).doesNotExist(); // settled: nothing left to recover
        assertThat(Login.of("h", 1, "d", "u").as("u", password).toString()).doesNotContain("secret");
    }

    @Test
    void aScriptThatFailsLeavesNothing() {
        Path data = directory.resolve("data");
        PostgresData.Content broken =
                new PostgresData.Content("shop", "shop", Optional.empty(), List.of("SELECT 1", "CREATE TABEL t ()"));

        assertThatThrownBy(() -> TestServers.data(TestServers.EMBEDDED, data).initialise(broken, Care.SHADOW))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("script 2 of 2")
                .hasMessageContaining("42601")
                .hasMessageContaining("TABEL");

        assertThat(data).doesNotExist();
    }

    @Test
    void dataOfAnotherVersionAndUnsafeSettingsAreRefused() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "12\n");
        PostgresServer server = PostgresServer.of(TestServers.EMBEDDED);

        assertThatThrownBy(() -> server.run(data, Listening.on("127.0.0.1", 1), Care.SHADOW, Map.of()))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("PostgreSQL 12")
                .hasMessageContaining("17.5");
        Files.writeString(data.resolve("PG_VERSION"), "17\n");
        assertThatThrownBy(() -> server.run(
                        data, Listening.on("127.0.0.1", 1), Care.SHADOW, Map.of("synchronous_commit", "off")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.run(data, Listening.on("127.0.0.1", 1), Care.LIVE, Map.of("fsync", "off")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void programsOfAVersionThatIsNowhereAreAskedForInVain() {
        PostgresPrograms.Wanted wanted = new PostgresPrograms.Wanted(
                Optional.empty(), OptionalLong.of(ProcessHandle.current().pid()), directory, OptionalInt.of(8));

        assertThatThrownBy(() -> PostgresPrograms.find(wanted))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("of version 8")
                .hasMessageContaining("no program 'postgres' in")
                .hasMessageContaining("what comes with the tool (it is 17)");
    }

    @Test
    void theProgramsOfARunningServerAreFound() throws Exception {
        try (PostgresRun live = TestServers.live(TestServers.EMBEDDED, directory.resolve("data"))) {
            PostgresPrograms found = PostgresPrograms.find(new PostgresPrograms.Wanted(
                    Optional.empty(), OptionalLong.of(live.pid()), directory.resolve("unused"), OptionalInt.of(17)));

            assertThat(found.directory().toRealPath())
                    .isEqualTo(TestServers.EMBEDDED.directory().toRealPath());
            assertThat(directory.resolve("unused")).doesNotExist();
        }
    }

    private static void assertOnlyWithPassword(Login login) {
        assertThat(PostgresServer.whyNotReady(login, LIMIT)).isEmpty();
        assertThat(PostgresServer.ready(login.as("shop", Optional.empty()), LIMIT))
                .isFalse();
        assertThat(PostgresServer.ready(login.as("shop", Optional.of("wrong")), LIMIT))
                .isFalse();
    }

    private static PostgresData.Content content(Optional<String> password) {
        return new PostgresData.Content("shop", "shop", password, List.of());
    }

    private static PostgresRun run(Path data, Care care, Optional<String> password) {
        return PostgresRun.start(PostgresServer.of(TestServers.EMBEDDED), data, care, new RealTimeline(), password);
    }

    private Process start(List<String> command) throws IOException {
        return Program.cleaned(new ProcessBuilder(command))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private static boolean ready(Login login) {
        return new RealTimeline().await(() -> PostgresServer.ready(login, LIMIT), LIMIT.toNanos());
    }

    private static String shown(Login login, String setting) throws Exception {
        try (var connection = login.open(LIMIT)) {
            return PostgresSettings.setting(connection, setting);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
