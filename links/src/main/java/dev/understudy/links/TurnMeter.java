package dev.understudy.links;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Measures turn-arounds: from the first byte that a caller sends after the direction changed to the first byte
/// of the answer.
///
/// Some protocols end with a message that nobody answers. It is no failure if a caller ends the connection
/// within [#PATIENCE] of its last turn, or if that turn is PostgreSQL's Terminate or MySQL's COM_QUIT.
final class TurnMeter implements Meter {
    /// A caller that goes sooner didn't wait for an answer.
    static final Duration PATIENCE = Duration.ofMillis(100);

    /// PostgreSQL, Frontend/Backend Protocol, "Terminate"; MySQL, client/server protocol, COM_QUIT.
    private static final byte[][] FAREWELLS = {{'X', 0, 0, 0, 4}, {1, 0, 0, 0, 1}};

    private final Gate gate;
    private final Ending ending;
    private @Nullable Turn open;
    private boolean farewell;
    private long clientEndedAt;

    TurnMeter(Gate gate, Ending ending) {
        this.gate = gate;
        this.ending = ending;
    }

    /// Takes over a turn that has begun.
    void goOn(Turn turn) {
        open = turn;
    }

    @Override
    public void fromClient(ByteBuffer bytes, int from, int to, long offset, long now) {
        farewell = isFarewell(bytes, from, to);
        if (open == null) {
            open = gate.enter(offset, now);
        }
    }

    @Override
    public void fromServer(ByteBuffer bytes, int from, int to, long now) {
        end(now, 1);
    }

    @Override
    public void clientEnded(long now) {
        clientEndedAt = now;
        if (open != null && now - open.began() < PATIENCE.toNanos()) {
            farewell = true;
        }
    }

    @Override
    public void clientGone() {
        fail(clientEndedAt);
    }

    @Override
    public void serverEnded(long now) {
        fail(now);
    }

    @Override
    public int broken(long now) {
        return fail(now);
    }

    @Override
    public boolean isUntouched(long passed) {
        return false;
    }

    private int fail(long now) {
        if (open == null || farewell) {
            open = null;
            return 0;
        }
        end(now, 0);
        return 1;
    }

    private void end(long now, int status) {
        Turn ended = open;
        if (ended != null) {
            open = null;
            ending.ended(ended, now, status);
        }
    }

    private static boolean isFarewell(ByteBuffer bytes, int from, int to) {
        for (byte[] farewell : FAREWELLS) {
            if (to - from == farewell.length && matches(bytes, from, farewell)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(ByteBuffer bytes, int from, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.get(from + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
