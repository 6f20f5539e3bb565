package dev.understudy.links;

/// One request, or one turn of a caller on a TCP link, from its first byte on: where it begins in the stream of
/// the connection, since when it has been here, and for how long it was held.
final class Turn {
    private final long offset;
    private final long began;
    private final long delay;
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

    /// When it may be passed on while the link delays by `current`: a delay that was put on later doesn't
    /// prolong it, one that was taken off shortens it.
    long due(long current) {
        return began + Math.min(delay, current);
    }

    void release(long now) {
        releasedAt = now;
    }

    /// How long the link held it on purpose.
    long added() {
        return releasedAt - began;
    }
}
