package dev.understudy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.journal.Journal;
import dev.understudy.promql.PromQl;
import dev.understudy.promql.evaluation.Value;
import dev.understudy.promql.series.SeriesStore;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.StabilityRule.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What processes and links use, as rules and expressions see it.
final class UsedNowTest {
    private static final long SECOND = 1_000_000_000L;

    private static Arm.ResourceUse use(String service, int index, String mark, long bytes) {
        return new Arm.ResourceUse(service, index, mark, Duration.ZERO, bytes, 0, 0, 3);
    }

    @Test
    void theInstanceThatUsesMostCountsAndLinksAreAddedUp() {
        ServiceUse services = new ServiceUse();
        services.holds(use("orders", 0, "1", 100));
        services.holds(use("orders", 1, "2", 300));
        services.used(new Journal.ResourceSecond(
                1,
                "candidate",
                "orders",
                0,
                7,
                0.5,
                100,
                OptionalLong.of(40),
                OptionalLong.of(10),
                OptionalLong.of(3)));
        services.used(new Journal.ResourceSecond(
                1,
                "candidate",
                "orders",
                1,
                7,
                0.1,
                300,
                OptionalLong.of(4),
                OptionalLong.empty(),
                OptionalLong.of(3)));
        services.passed(Link.entering("orders"), 1_000, 5_000);
        services.passed(new Link("orders", "payments"), 200, 30);

        assertThat(services.figures())
                .containsEntry(Resource.MEMORY, Map.of("orders", 300.0))
                .containsEntry(Resource.CPU, Map.of("orders", 0.5))
                .containsEntry(Resource.DISK_READ, Map.of("orders", 40.0))
                .containsEntry(Resource.DISK_WRITTEN, Map.of("orders", 10.0))
                .containsEntry(Resource.NETWORK_RECEIVED, Map.of("orders", 1_030.0, "payments", 200.0))
                .containsEntry(Resource.NETWORK_SENT, Map.of("orders", 5_200.0, "payments", 30.0));
    }

    @Test
    void anInstanceThatRunsAsAnotherProcessWasRestarted() {
        RestartCount count = new RestartCount();
        count.look(List.of(use("orders", 0, "pid 1", 1), use("orders", 1, "pid 2", 1)));
        assertThat(count.restarts()).containsEntry("orders", 0.0);

        count.look(List.of(use("orders", 1, "pid 2", 1)));
        count.look(List.of(use("orders", 0, "pid 9", 1), use("orders", 1, "pid 2", 1)));

        assertThat(count.restarts()).containsEntry("orders", 1.0);
    }

    @Test
    void anInstanceThatAStepReplacedWasNotRestarted() {
        RestartCount count = new RestartCount();
        count.look(List.of(use("orders", 0, "pid 1", 1), use("db", 0, "pid 2", 1)));

        count.replacing("orders");
        count.look(List.of(use("orders", 0, "pid 3", 1), use("db", 0, "pid 2", 1)));
        count.replaced("orders");
        count.look(List.of(use("orders", 0, "pid 3", 1), use("db", 0, "pid 4", 1)));
        count.look(List.of(use("orders", 0, "pid 5", 1)));

        assertThat(count.restarts()).containsEntry("orders", 0.0).containsEntry("db", 1.0);
        count.look(List.of(use("orders", 0, "pid 6", 1)));
        assertThat(count.restarts()).containsEntry("orders", 1.0);
    }

    @Test
    void whatAProcessThatIsGoneUsedLastIsNoMeasurement() {
        OwnSeries own = new OwnSeries();
        SeriesStore store = new SeriesStore(Instant.EPOCH, SeriesStore.Limits.USUAL);
        own.used(ArmName.CANDIDATE, List.of(use("orders", 0, "1", 100), use("db", 0, "2", 200)), List.of());
        own.write(ArmName.CANDIDATE, store, SECOND);
        assertThat(resident(store, SECOND)).isEqualTo(2);

        own.used(ArmName.CANDIDATE, List.of(use("db", 0, "2", 200)), List.of());
        own.write(ArmName.CANDIDATE, store, 2 * SECOND);

        assertThat(resident(store, 2 * SECOND)).isEqualTo(1);
        own.used(ArmName.CANDIDATE, List.of(use("orders", 0, "7", 50), use("db", 0, "2", 200)), List.of());
        own.write(ArmName.CANDIDATE, store, 3 * SECOND);
        assertThat(resident(store, 3 * SECOND)).isEqualTo(2);
    }

    private static int resident(SeriesStore store, long nanos) {
        Value value = PromQl.parse("understudy_process_resident_bytes").at(store, nanos);
        return ((Value.Vector) value).samples().size();
    }
}
