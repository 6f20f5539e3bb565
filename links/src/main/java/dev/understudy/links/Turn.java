package dev.understudy.links;

import java.util.function.LongSupplier;

/// One request, or one turn of a caller on a TCP link, from its first byte on: where it begins in the stream of
/// the connection, since when it has been here, and for how long it was held.
final class Turn {
    private final long offset;
    private final long began;
    private final long delay;
    private boolean kept;
    private boolean unheld;
    private LongSupplier more = Turn::nothing;
    private long releasedAt;

    Turn(long offset, long began, long delay) {
        this.offset = offset;
        this.began = began;
        this.delay = delay;
        this.releasedAt = began;
    }

    /// The offset of its first byte in what the caller sent on this connection.
    long offset() {
        return offset;
    }

    /// When its first byte came in.
    long began() {
        return began;
    }

    boolean isDelayed() {
        return delay > 0;
    }

    /// It is not passed on until [#pass].
    void keep() {
        kept = true;
    }

    /// It may be passed on, `more` nanoseconds later than others; asked again and again.
    void pass(LongSupplier later) {
        kept = false;
        more = later;
        unheld = delay == 0 && later.getAsLong() == 0;
    }

    /// It may be passed on like any other.
    void pass() {
        pass(Turn::nothing);
    }

    private static long nothing() {
        return 0;
    }

    /// When it may be passed on while the link delays by `current`: a delay that was put on later doesn't
    /// prolong it, one that was taken off shortens it.
    long due(long current) {
        return kept ? Gate.NEVER : began + Math.min(delay, current) + more.getAsLong();
    }

    void release(long now) {
        releasedAt = now;
    }

    /// How long the link held it on purpose; that it waited for its first line doesn't count.
    long added() {
        return unheld ? 0 : releasedAt - began;
    }
}
