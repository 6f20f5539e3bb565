package dev.understudy.runtime.docker.copy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// A copy is begun only where it fits with a fifth to spare.
final class RoomTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void aCopyThatFitsWithAFifthToSpareIsBegun() {
        assertThatCode(() -> Room.require(100 * MEGABYTE, 120 * MEGABYTE)).doesNotThrowAnyException();
    }

    @Test
    void oneThatDoesNotIsRefusedWithItsEstimateAndTheOtherWays() {
        assertThatThrownBy(() -> Room.require(100 * MEGABYTE, 119 * MEGABYTE))
                .hasMessageContaining("live has 100 MB, 120 MB are needed with 20 % to spare, and 119 MB are free")
                .hasMessageContaining("'empty' under shadow.data")
                .hasMessageContaining("'omit' under shadow.services");
    }
}
