package dev.understudy.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnMeterTest {
    private static final long PATIENT = TurnMeter.PATIENCE.toNanos();

    private final List<String> heard = new ArrayList<>();
    private final TurnMeter meter =
            new TurnMeter(new Gate(() -> 0), (turn, now, status) -> heard.add(turn.began() + "-" + now + " " + status));

    @Test
    void turnEndsWithTheFirstByteOfTheAnswer() {
        client(10, 'Q');
        client(11, 'Q');
        server(20);
        server(30);
        client(40, 'Q');
        server(50);
        assertThat(heard).containsExactly("10-20 1", "40-50 1");
    }

    @Test
    void greetingIsNoTurn() {
        server(5);
        client(10, 'Q');
        server(20);
        assertThat(heard).containsExactly("10-20 1");
    }

    @Test
    void unansweredTurnFailsWhenTheTargetGoes() {
        client(10, 'Q');
        meter.serverEnded(20);
        meter.broken(30);
        assertThat(heard).containsExactly("10-20 0");
    }

    @Test
    void farewellOfPostgresIsNoFailure() {
        client(10, 'X', 0, 0, 0, 4);
        meter.serverEnded(20);
        assertThat(heard).isEmpty();
    }

    @Test
    void callerThatGoesAtOnceSaidFarewell() {
        client(10, 'B', 'y', 'e');
        meter.clientEnded(10 + PATIENT - 1);
        meter.clientGone();
        assertThat(heard).isEmpty();
    }

    @Test
    void callerThatWaitedInVainIsAFailure() {
        client(10, 'Q');
        meter.clientEnded(10 + PATIENT);
        meter.clientGone();
        assertThat(heard).containsExactly("10-" + (10 + PATIENT) + " 0");
    }

    private void client(long now, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        meter.fromClient(ByteBuffer.wrap(bytes), 0, bytes.length, 0, now);
    }

    private void server(long now) {
        meter.fromServer(ByteBuffer.wrap(new byte[] {'D'}), 0, 1, now);
    }
}
