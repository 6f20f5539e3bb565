package dev.understudy.mirror.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.Request;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReorderBufferTest {
    private static final long HOLD = 250;
    private final ReorderBuffer buffer = new ReorderBuffer(HOLD);

    private static LiveExchange began(long at) {
        return new LiveExchange(at, "s", at, Request.get("shop", "/"), OptionalInt.of(200), List.of(), new byte[0], 0);
    }

    private List<Long> drain(long now) {
        List<Long> out = new ArrayList<>();
        for (Optional<LiveExchange> next = buffer.poll(now); next.isPresent(); next = buffer.poll(now)) {
            out.add(next.get().beganEpochNanos());
        }
        return out;
    }

    @Test
    void whatEndsOutOfOrderComesOutInOrder() {
        buffer.add(began(30), 1, 0);
        buffer.add(began(10), 1, 5);
        assertThat(drain(HOLD)).isEmpty();
        buffer.add(began(20), 1, 100);
        assertThat(drain(HOLD + 5)).containsExactly(10L);
        assertThat(drain(HOLD + 100)).containsExactly(20L, 30L);
    }

    @Test
    void nothingIsHeldLongerThanNeeded() {
        buffer.add(began(30), 1, 0);
        buffer.add(began(10), 1, 0);
        buffer.completeUpTo(20);
        assertThat(drain(0)).containsExactly(10L);
        buffer.completeUpTo(31);
        assertThat(drain(0)).containsExactly(30L);
        assertThat(buffer.bytes()).isZero();
    }

    @Test
    void whatComesAfterItsTurnIsLate() {
        buffer.add(began(30), 1, 0);
        assertThat(drain(HOLD)).containsExactly(30L);
        assertThat(buffer.add(began(29), 1, HOLD)).isFalse();
        assertThat(buffer.add(began(31), 1, HOLD)).isTrue();
    }

    @Test
    void anyArrivalOrderComesOutSortedAndComplete() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            ReorderBuffer any = new ReorderBuffer(HOLD);
            List<Long> out = new ArrayList<>();
            int late = 0;
            for (int i = 0; i < 300; i++) {
                late += any.add(began(i * 10L + random.nextInt(800)), 1, i * 10L) ? 0 : 1;
                for (Optional<LiveExchange> next = any.poll(i * 10L); next.isPresent(); next = any.poll(i * 10L)) {
                    out.add(next.get().beganEpochNanos());
                }
            }
            int held = any.size();
            assertThat(out).isSorted();
            assertThat(out.size() + late + held).isEqualTo(300);
        }
    }
}
