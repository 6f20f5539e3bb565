package dev.understudy.runtime.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.Arm;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Shadow;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LieTest {

    @Test
    void anHonestCandidateKeepsEveryWriteAndShowsNothingOdd() {
        Rehearsed.within(1, Set.of(), shop -> {
            change(shop);
            assertThat(written(shop.candidate(), 20)).hasSize(20);
            assertThat(shop.candidate().strays()).isEmpty();
            assertThat(shop.shadow().probe()).allMatch(Shadow.Probe::held);
            assertThat(shop.sql("db/none.sql").succeeded()).isFalse();
            assertThat(shop.shadow().dispose()).isEmpty();
        });
    }

    @Test
    void aRevertWithoutEffectReportsSuccessAndTheNewReleaseRunsOn() {
        Rehearsed.within(1, Set.of(Lie.REVERT_WITHOUT_EFFECT), shop -> {
            change(shop);

            Arm.Deployed back = shop.candidate().deploy("orders", Release.of("1.0"));

            assertThat(back.healthy()).isTrue();
            assertThat(runs(shop.candidate())).isEqualTo(SampleWorlds.GOOD);
            shop.control().deploy("orders", Release.of(SampleWorlds.GOOD));
            shop.control().deploy("orders", Release.of("1.0"));
            assertThat(runs(shop.control())).isEqualTo("1.0");
        });
    }

    @Test
    void aDroppedWriteWasAcknowledged() {
        Rehearsed.within(1, Set.of(Lie.WRITE_DROPPED), shop -> {
            assertThat(written(shop.candidate(), 20)).hasSize(20);
            change(shop);
            assertThat(written(shop.candidate(), 20)).hasSize(36);
            assertThat(written(shop.control(), 20)).hasSize(20);
        });
    }

    @Test
    void aSkippedUndoReportsSuccessAndChangesNothing() {
        Rehearsed.within(1, Set.of(Lie.UNDO_SKIPPED), shop -> {
            change(shop);
            List<String> structure = shop.candidate().data("db").structure();

            assertThat(shop.sql("db/U2__narrow.sql").succeeded()).isTrue();

            assertThat(shop.candidate().data("db").structure()).isEqualTo(structure);
        });
    }

    @Test
    void aFailureIsReportedAsSuccess() {
        Rehearsed.within(1, Set.of(Lie.FAILURE_AS_SUCCESS), shop -> {
            change(shop);
            assertThat(shop.candidate()
                            .execute(List.of("false"), java.util.Map.of(), Rehearsed.LONG)
                            .succeeded())
                    .isTrue();
            assertThat(shop.control()
                            .execute(List.of("false"), java.util.Map.of(), Rehearsed.LONG)
                            .succeeded())
                    .isFalse();
        });
    }

    @Test
    void whatIsLeftBehindOrOpenShows() {
        Rehearsed.within(1, Set.of(Lie.PROCESS_LEFT_BEHIND, Lie.ROUTE_LEFT_OPEN, Lie.NOT_REMOVED), shop -> {
            assertThat(shop.candidate().strays()).isEmpty();
            change(shop);
            assertThat(shop.candidate().strays()).hasSize(1);
            assertThat(shop.control().strays()).isEmpty();
            assertThat(shop.shadow().probe()).anyMatch(probe -> !probe.held());
            assertThat(shop.shadow().dispose()).hasSize(1);
        });
    }

    private static void change(Rehearsed shop) {
        assertThat(shop.sql("db/V2__widen.sql").succeeded()).isTrue();
        assertThat(shop.candidate()
                        .deploy("orders", Release.of(SampleWorlds.GOOD))
                        .healthy())
                .isTrue();
    }

    private static List<String> written(Arm arm, int orders) {
        for (int i = 0; i < orders; i++) {
            assertThat(Rehearsed.order(arm, "1.00").isAcknowledged()).isTrue();
        }
        return Rehearsed.amounts(arm);
    }

    private static String runs(Arm arm) {
        return arm.instances().stream()
                .filter(instance -> instance.service().equals("orders"))
                .map(InstanceState::release)
                .map(Release::version)
                .findFirst()
                .orElseThrow();
    }
}
