package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store promises, tried on a running service.
public abstract class StoreContract {
    @TempDir
    protected Path directory;

    private Subject live;

    /// A running service of the store's kind.
    protected interface Subject extends AutoCloseable {
        Store store();

        /// Has the service store `value` under `key`; returns when it has acknowledged that.
        void write(String key, String value) throws Exception;

        /// What it holds now.
        DataImage list() throws Exception;

        /// What a service started on `restored` would hold.
        DataImage listRestored(Path restored) throws Exception;

        @Override
        void close() throws IOException;
    }

    /// Starts the service with an empty store below `where`.
    protected abstract Subject start(Path where) throws Exception;

    @BeforeEach
    void startLive() throws Exception {
        live = start(directory.resolve("live"));
        live.write("one", "1");
        live.write("two", "zwei ✓ 'quoted'");
    }

    @AfterEach
    void stopLive() throws Exception {
        live.close();
    }

    @Test
    void restoredCopyListsWhatLiveListed() throws Exception {
        DataImage before = live.list();

        Frozen frozen = live.store().freeze(directory.resolve("golden"));
        new GoldenCopy(frozen.directory()).restore(directory.resolve("arm"));

        DataImage arm = live.listRestored(directory.resolve("arm"));
        assertThat(arm).isEqualTo(before);
        assertThat(arm.incomplete()).isEmpty();
        assertThat(arm.tables().getFirst().rows()).hasSize(2);
        assertThat(frozen.bytes()).isPositive();
        assertThat(frozen.surelyInEpochMillis()).isLessThanOrEqualTo(frozen.surelyOutEpochMillis());
    }

    @Test
    void writesAfterTheFreezeDoNotAppear() throws Exception {
        DataImage before = live.list();
        GoldenCopy golden =
                new GoldenCopy(live.store().freeze(directory.resolve("golden")).directory());

        live.write("three", "3");
        live.write("one", "changed");
        golden.restore(directory.resolve("arm"));

        assertThat(live.list()).isNotEqualTo(before);
        assertThat(live.listRestored(directory.resolve("arm"))).isEqualTo(before);
    }

    @Test
    void restoringAgainUndoesWhateverHappenedToTheArm() throws Exception {
        DataImage before = live.list();
        GoldenCopy golden =
                new GoldenCopy(live.store().freeze(directory.resolve("golden")).directory());
        Path arm = directory.resolve("arm");
        golden.restore(arm);
        assertThat(live.listRestored(arm)).isEqualTo(before);

        Files.writeString(arm.resolve("stray"), "left by an arm");
        golden.restore(arm);
        golden.restore(arm);

        assertThat(arm.resolve("stray")).doesNotExist();
        assertThat(live.listRestored(arm)).isEqualTo(before);
    }

    @Test
    void restoringMakesTheSameAgainFromAnUntouchedGoldenCopy() throws Exception {
        Path golden = live.store().freeze(directory.resolve("golden")).directory();
        DataImage files = new DirectoryListing().list(golden, "golden");

        new GoldenCopy(golden).restore(directory.resolve("arm"));
        live.listRestored(directory.resolve("arm"));

        assertThat(new DirectoryListing().list(golden, "golden")).isEqualTo(files);
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("live", "golden", "arm");
    }

    @Test
    void liveGoesOnUntouched() throws Exception {
        DataImage before = live.list();

        live.store().freeze(directory.resolve("golden"));
        live.store().freeze(directory.resolve("golden2"));

        assertThat(live.list()).isEqualTo(before);
        live.write("four", "4");
        assertThat(live.list().tables().getFirst().rows()).hasSize(3);
    }

    @Test
    void aTargetThatHoldsSomethingIsRefusedAndKept() throws Exception {
        Path target = Files.createDirectories(directory.resolve("target"));
        Files.writeString(target.resolve("precious"), "mine");

        assertThatThrownBy(() -> live.store().freeze(target))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(target.toString());

        assertThat(target.resolve("precious")).hasContent("mine");
    }
}
