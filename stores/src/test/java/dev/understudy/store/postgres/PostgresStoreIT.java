package dev.understudy.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.store.FileTree;
import dev.understudy.store.Frozen;
import dev.understudy.store.GoldenCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The online copy of a real server under write load.
class PostgresStoreIT {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void everyCopyUnderWriteLoadStartsBalancedWithAllThatWasAcknowledgedBefore() throws Exception {
        copiesUnderLoadAreConsistent(TestServers.EMBEDDED, 4);
    }

    @Test
    void soItIsWithTheServerThatTheSystemBrings() throws Exception {
        Path debian = Path.of("/usr/lib/postgresql/15/bin");
        Assumptions.assumeTrue(Files.isExecutable(debian.resolve("postgres")), "no PostgreSQL 15 at " + debian);
        copiesUnderLoadAreConsistent(PostgresPrograms.in(debian), 1);
    }

    private void copiesUnderLoadAreConsistent(PostgresPrograms programs, int copies) throws Exception {
        List<Frozen> taken = new ArrayList<>();
        TransferLoad load;
        // Given
        try (PostgresRun live = TestServers.live(programs, directory.resolve("live"), TransferLoad.SCHEMA)) {
            Login login = TestServers.shop(live);
            load = new TransferLoad(login, 4);
            Upheaval upheaval = new Upheaval(live.login("shop", "postgres", Optional.empty()));
            try (load;
                    upheaval) {
                // When
                for (int i = 0; i < copies; i++) {
                    load.awaitMore(200);
                    long rate = i % 2 == 0 ? 0 : 40L << 20;
                    taken.add(store(login, rate).freeze(directory.resolve("copy" + i)));
                }
                load.awaitMore(200);
            }
            assertThat(upheaval.rounds()).isPositive();
        }
        // Then
        for (Frozen copy : taken) {
            try (PostgresRun clone = TestServers.run(programs, copy.directory(), PostgresServer.Care.SHADOW);
                    Connection connection = TestServers.shop(clone).open(CONNECT)) {
                assertThat(TransferLoad.one(connection, "SELECT sum(balance) FROM account"))
                        .isEqualTo(TransferLoad.SUM);
                assertThat(TransferLoad.one(connection, TransferLoad.UNEXPLAINED))
                        .isZero();
                Set<Long> ledger = TransferLoad.ledger(connection);
                assertThat(load.missing(ledger, copy.surelyInEpochMillis())).isEmpty();
                assertThat(load.fromTheFuture(ledger, copy.surelyOutEpochMillis()))
                        .isEmpty();
                assertThat(ledger).hasSizeGreaterThan(200);
            }
        }
    }

    @Test
    void everythingThatIsMissingIsSaidAtOnce() {
        try (PostgresRun live = TestServers.live(TestServers.EMBEDDED, directory.resolve("live"))) {
            Login admin = live.login("shop", "postgres", Optional.empty());
            assertThat(new SqlScript("CREATE ROLE stranger LOGIN")
                            .run(admin, CONNECT)
                            .succeeded())
                    .isTrue();
            PostgresStore store = store(admin.as("stranger", Optional.empty()), 0);

            assertThat(store.missingRights())
                    .hasSize(4)
                    .anyMatch(line -> line.contains("ALTER ROLE \"stranger\" REPLICATION"))
                    .anyMatch(line -> line.contains("GRANT pg_read_all_settings"))
                    .anyMatch(line -> line.contains("pg_backup_start(text, boolean) TO \"stranger\""))
                    .anyMatch(line -> line.contains("pg_backup_stop(boolean) TO \"stranger\""));
            assertThatThrownBy(() -> store.freeze(directory.resolve("copy")))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("REPLICATION")
                    .hasMessageContaining("pg_backup_stop");
            assertThat(directory.resolve("copy")).doesNotExist();

            // Then each remedy it names is one
            store.missingRights().stream()
                    .map(line -> line.substring(line.indexOf(": ") + 2))
                    .forEach(sql -> assertThat(
                                    new SqlScript(sql).run(admin, CONNECT).succeeded())
                            .as(sql)
                            .isTrue());
            assertThat(store.missingRights()).isEmpty();
            assertThat(store(TestServers.shop(live), 0).missingRights()).isEmpty();
            assertThat(store(admin, 0).missingRights()).isEmpty();
        }
    }

    @Test
    void tablespacesAndAServerWithoutSlotsAreRefusedByName() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        try (PostgresRun live = TestServers.live(TestServers.EMBEDDED, directory.resolve("live"))) {
            Login admin = live.login("shop", "postgres", Optional.empty());
            SqlOutcome made = new SqlScript("CREATE TABLESPACE faraway LOCATION '" + elsewhere + "';"
                            + "ALTER SYSTEM SET max_replication_slots = 0")
                    .run(admin, CONNECT);
            assertThat(made.succeeded()).as(made.output()).isTrue();

            assertThat(store(admin, 0).missingRights())
                    .singleElement()
                    .asString()
                    .contains("faraway");
        }
        try (PostgresRun live =
                TestServers.run(TestServers.EMBEDDED, directory.resolve("live"), PostgresServer.Care.LIVE)) {
            assertThat(store(TestServers.shop(live), 0).missingRights())
                    .anyMatch(line -> line.contains("max_replication_slots is 0"));
        }
    }

    @Test
    void aCopyWithoutItsLabelOrItsLogDoesNotShowLive() throws Exception {
        // What the last two steps of a copy are for: if these could be left out, the tests above would prove nothing.
        Path copy = directory.resolve("copy");
        try (PostgresRun live =
                TestServers.live(TestServers.EMBEDDED, directory.resolve("live"), TransferLoad.SCHEMA)) {
            store(TestServers.shop(live), 0).freeze(copy);
        }
        GoldenCopy golden = new GoldenCopy(copy);
        golden.restore(directory.resolve("unlogged"));
        FileTree.delete(directory.resolve("unlogged/pg_wal"));
        Files.createDirectory(directory.resolve("unlogged/pg_wal"));

        PostgresData arm = TestServers.data(TestServers.EMBEDDED, directory.resolve("unlogged"));
        assertThatThrownBy(arm::settle)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("could not locate required checkpoint record");
        assertThat(copy.resolve("backup_label")).content().contains("START WAL LOCATION");
    }

    @Test
    void liveKeepsNoSlotNoBackupAndNoClonedSettingThatReachesOut() throws Exception {
        try (PostgresRun live = TestServers.live(TestServers.EMBEDDED, directory.resolve("live"))) {
            Login admin = live.login("shop", "postgres", Optional.empty());
            SqlOutcome set = new SqlScript("ALTER SYSTEM SET archive_command = 'cp %p /nowhere/it''s';"
                            + "ALTER SYSTEM SET work_mem = '7MB'; ALTER SYSTEM SET timezone = 'Asia/Tokyo';"
                            + "ALTER SYSTEM SET primary_conninfo = 'host=outside'; SELECT pg_reload_conf()")
                    .run(admin, CONNECT);
            assertThat(set.succeeded()).as(set.output()).isTrue();
            try (Connection watcher = admin.open(CONNECT)) {
                assertThat(new RealTimeline()
                                .await(() -> setting(watcher, "work_mem").equals("7MB"), CONNECT.toNanos()))
                        .isTrue();
            }

            Frozen frozen = store(TestServers.shop(live), 0).freeze(directory.resolve("copy"));

            try (Connection connection = admin.open(CONNECT)) {
                assertThat(TransferLoad.one(connection, "SELECT count(*) FROM pg_replication_slots"))
                        .isZero();
                String label = directory.resolve("live/backup_label").toString();
                assertThat(Path.of(label)).doesNotExist();
            }
            assertThat(frozen.directory().resolve("postgresql.conf"))
                    .content()
                    .contains("work_mem = '7168'", "timezone = 'Asia/Tokyo'")
                    .doesNotContain("nowhere", "outside");
        }
        try (PostgresRun clone =
                TestServers.run(TestServers.EMBEDDED, directory.resolve("copy"), PostgresServer.Care.SHADOW)) {
            try (Connection connection =
                    clone.login("shop", "postgres", Optional.empty()).open(CONNECT)) {
                assertThat(setting(connection, "work_mem")).isEqualTo("7MB");
                assertThat(setting(connection, "archive_command")).doesNotContain("nowhere");
                assertThat(setting(connection, "primary_conninfo")).isEmpty();
            }
        }
    }

    @Test
    void aDirectoryOfAnotherServerIsNotTakenForLive() throws Exception {
        // Given a directory that has the name but not the identity: a clone of an earlier moment, not running
        try (PostgresRun live = TestServers.live(TestServers.EMBEDDED, directory.resolve("live"))) {
            Login login = TestServers.shop(live);
            Path lock = directory.resolve("live/postmaster.pid");
            String original = Files.readString(lock);
            Files.writeString(lock, original.replaceFirst("\n5432\n", "\n5433\n"));

            assertThat(store(login, 0).missingRights())
                    .singleElement()
                    .asString()
                    .contains("its port is 5433");

            Files.writeString(lock, original);
            assertThat(store(login, 0).missingRights()).isEmpty();
        }
    }

    private static String setting(Connection connection, String name) {
        try {
            return PostgresSettings.setting(connection, name);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static PostgresStore store(Login login, long bytesPerSecond) {
        return new PostgresStore(login, bytesPerSecond, new RealTimeline(), InstantSource.system());
    }
}
