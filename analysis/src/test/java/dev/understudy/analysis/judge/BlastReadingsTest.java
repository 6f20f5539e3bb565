package dev.understudy.analysis.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.BlastRadius;
import dev.understudy.analysis.BlastRadius.State;
import org.junit.jupiter.api.Test;

/// The rules of [Journals] watch from 14 to 18.1 s; its baseline is from 8 to 12 s.
class BlastReadingsTest {
    private static final long MILLI = 1_000_000;

    private final Scenarios scenario = new Scenarios();
    private final Journals journal = Journals.go();

    private BlastRadius judge() {
        return Judge.judge(scenario.build(), journal.build()).blast();
    }

    private State state(String service) {
        return judge().services().stream()
                .filter(node -> node.service().equals(service))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private void both(String link, long candidateP99, long controlP99) {
        journal.called("candidate", link, 15, 50, 0, candidateP99 * MILLI)
                .called("control", link, 15, 50, 0, controlP99 * MILLI);
    }

    @Test
    void aServiceWhoseCallersWaitLongerIsAffected() {
        both("users->gateway", 900, 100);

        assertThat(state("gateway")).isEqualTo(State.AFFECTED);
        assertThat(state("orders")).isEqualTo(State.CHANGED);
        assertThat(judge().links().getFirst().difference()).isEqualTo("slower");
    }

    @Test
    void aLittleMoreIsNoDifference() {
        both("users->gateway", 140, 100);

        assertThat(state("gateway")).isEqualTo(State.NOT_AFFECTED);
    }

    @Test
    void armsThatDifferedBeforeTheChangeMayDiffer() {
        both("users->gateway", 280, 100);
        journal.called("candidate", "users->gateway", 10, 50, 0, 200 * MILLI)
                .called("control", "users->gateway", 10, 50, 0, 100 * MILLI);

        assertThat(state("gateway")).isEqualTo(State.NOT_AFFECTED);
    }

    @Test
    void failuresAndCallsThatNoLongerComeAreDifferences() {
        journal.called("candidate", "users->gateway", 15, 20, 3, 100 * MILLI)
                .called("control", "users->gateway", 15, 50, 0, 100 * MILLI);

        assertThat(judge().links().getFirst().difference()).isEqualTo("fewer calls, more failures");
    }

    @Test
    void twoFailuresAreNoDifference() {
        journal.called("candidate", "users->gateway", 15, 50, 2, 100 * MILLI)
                .called("control", "users->gateway", 15, 50, 0, 100 * MILLI);

        assertThat(state("gateway")).isEqualTo(State.NOT_AFFECTED);
    }

    @Test
    void aSecondInWhichTheRollbackBeganSaysNothing() {
        journal.called("candidate", "users->gateway", 15, 50, 0, 100 * MILLI)
                .called("control", "users->gateway", 15, 50, 0, 100 * MILLI)
                .called("candidate", "users->gateway", 18, 50, 50, 100 * MILLI)
                .called("control", "users->gateway", 18, 50, 0, 100 * MILLI);

        assertThat(state("gateway")).isEqualTo(State.NOT_AFFECTED);
    }

    @Test
    void fewCallsSayNothing() {
        journal.called("candidate", "users->gateway", 15, 2, 2, 900 * MILLI)
                .called("control", "users->gateway", 15, 19, 0, 100 * MILLI);

        assertThat(state("gateway")).isEqualTo(State.NOT_MEASURED);
    }

    @Test
    void whatHappensDuringTheRollbackIsNotTheChanges() {
        journal.called("candidate", "users->gateway", 19, 50, 50, 900 * MILLI)
                .called("control", "users->gateway", 19, 50, 0, 100 * MILLI);

        assertThat(state("gateway")).isEqualTo(State.NOT_MEASURED);
        assertThat(state("nightly")).isEqualTo(State.NOT_IN_SHADOW);
    }
}
