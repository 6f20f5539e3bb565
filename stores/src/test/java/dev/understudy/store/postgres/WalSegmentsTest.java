package dev.understudy.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WalSegmentsTest {
    private static final long MIB = 1L << 20;

    @Test
    void namesAreTheServersOwn() {
        assertThat(new WalSegments("00000001", 16 * MIB).between("0/2000028", "0/2000138"))
                .containsExactly("000000010000000000000002");
        assertThat(new WalSegments("0000000A", 16 * MIB).between("1/FEFFFFFF", "2/1000001"))
                .containsExactly(
                        "0000000A00000001000000FE",
                        "0000000A00000001000000FF",
                        "0000000A0000000200000000",
                        "0000000A0000000200000001");
    }

    @Test
    void anEndOnTheBorderBelongsToTheSegmentBefore() {
        assertThat(new WalSegments("00000001", 16 * MIB).between("0/2000028", "0/3000000"))
                .containsExactly("000000010000000000000002");
    }

    @Test
    void otherSegmentSizesCountOtherwise() {
        assertThat(new WalSegments("00000001", 1024 * MIB).between("1/C0000028", "2/1"))
                .containsExactly("000000010000000100000003", "000000010000000200000000");
        assertThat(WalSegments.position("FFFFFFFF/FFFFFFFF")).isEqualTo(-1L);
    }
}
