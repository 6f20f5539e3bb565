package dev.understudy.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.store.postgres.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clones of stores that are written all the time hold what was true at one instant, and live does not notice.
final class ConsistentClonesIT {
    /// With `-Psoak` fifty.
    private static final int ROUNDS = Integer.getInteger("understudy.clones", 1);
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void clonesOfStoresUnderLoadBreakNoInvariantAndLiveAnswersAllTheTime() {
        try (StoresProject project = new StoresProject(directory)) {
            Made db = Banks.start(
                    project, "{kind: postgres, database: bank, user: bank, health: {within: 60s}, stop: {grace: 10s}}");
            Made cache = project.store(
                    "cache",
                    "redis",
                    List.of("redis-server", "--appendonly", "yes", "--requirepass", Banks.PASSWORD),
                    Map.of(),
                    "/data",
                    "{kind: redis, health: {within: 60s}, stop: {grace: 2s}}");
            Login login = Banks.login(project, db);
            long broken = 0;
            long copying = 0;
            try (BankLoad bank = new BankLoad(login, Banks.ACCOUNTS, 4);
                    PairLoad pairs = new PairLoad(project.address(cache), Banks.PASSWORD);
                    PageLoad page = new PageLoad(project.address(project.web))) {
                for (int round = 0; round < ROUNDS; round++) {
                    long before = bank.acknowledged.get();
                    long began = System.nanoTime();
                    try (Shadow shadow = project.cloned("{data: {db: snapshot, cache: snapshot}}")) {
                        copying += System.nanoTime() - began;
                        assertThat(shadow.copied().paused()).isEmpty();
                        shadow.start();
                        for (ArmName name : ArmName.values()) {
                            broken += broken(shadow.arm(name), before);
                        }
                    }
                }
                System.out.println(ROUNDS + " clones, two arms each: " + broken + " broken invariants; "
                        + copying / ROUNDS / 1_000_000 + " ms for a clone; live meanwhile: " + bank.acknowledged
                        + " transactions, "
                        + pairs.acknowledged + " pairs, " + page.answered + " pages, "
                        + (bank.failed.get() + pairs.failed.get() + page.failed.get()) + " failed");
                assertThat(broken).isZero();
                assertThat(bank.failed).hasValue(0);
                assertThat(pairs.failed).hasValue(0);
                assertThat(page.failed).hasValue(0);
            }
        }
    }

    private static long broken(Arm arm, long acknowledged) {
        long broken = number(arm, BankLoad.BROKEN) == 0 ? 0 : 1;
        broken += number(arm, "select count(*) / 2 from movement") >= acknowledged ? 0 : 1;
        Map<String, @Nullable String> values = new HashMap<>();
        DataImage image = arm.data("cache");
        assertThat(image.incomplete()).isEmpty();
        image.tables().getFirst().rows().forEach(row -> values.put(String.valueOf(row.get(1)), row.get(3)));
        assertThat(values).isNotEmpty();
        for (int pair = 0; pair < PairLoad.PAIRS; pair++) {
            String left = String.valueOf(values.get("left:" + pair));
            broken += left.equals(String.valueOf(values.get("right:" + pair))) ? 0 : 1;
        }
        return broken;
    }

    private static long number(Arm arm, String query) {
        Arm.Execution asked = arm.query("db", query, SOON);
        assertThat(asked.succeeded()).as(asked.output()).isTrue();
        return Long.parseLong(asked.output().lines().toList().getLast().strip());
    }

    @Test
    void filesOfADatabaseInMotionAreRefused() {
        try (StoresProject project = new StoresProject(directory)) {
            Banks.start(project, "{ports: [5432], protocol: tcp, data: {dir: /var/lib/postgresql/data}}");

            assertThatThrownBy(() -> project.cloned("{data: {db: snapshot}}"))
                    .hasMessageContaining("a snapshot of the directory of 'db' needs a pause of live")
                    .hasMessageContaining("Write shadow.maxPause, at most 500ms");
        }
    }
}
