package dev.understudy.links;

import dev.understudy.links.Chunks.Chunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/// One direction of a connection: bytes that were read and not yet written. Bounded; when it is full nothing
/// more is read, so that the sender feels the receiver (or the delay) through its own socket.
///
/// ```
///  socket ──fill──▶ │ taken … passed │ ──drain──▶ socket
/// ```
final class Lane {
    private static final int CAPACITY = 256 * 1024;

    private final Chunks pool;
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private long taken;
    private long passed;
    private boolean ended;

    Lane(Chunks pool) {
        this.pool = pool;
    }

    /// Looks at bytes as they come in: `from` to `to` of `bytes`, the first of which is at `offset` of the
    /// lane.
    interface Tap {
        void bytes(ByteBuffer bytes, int from, int to, long offset);
    }

    /// Reads once from `channel` and shows `tap` what came; a negative result is the end of the stream.
    int fill(SocketChannel channel, Tap tap) throws IOException {
        Chunk tail = chunks.peekLast();
        boolean fresh = tail == null || tail.isFull();
        Chunk chunk = tail == null || tail.isFull() ? pool.take() : tail;
        int from = chunk.written;
        int count;
        try {
            count = channel.read(chunk.bytes.limit(Chunks.SIZE).position(from));
            chunk.written = from + Math.max(0, count);
        } finally {
            if (fresh && chunk.written == 0) {
                pool.giveBack(chunk);
            }
        }
        if (fresh && count > 0) {
            chunks.add(chunk);
        }
        if (count > 0) {
            long offset = taken;
            taken += count;
            tap.bytes(chunk.bytes, from, chunk.written, offset);
        } else if (count < 0) {
            ended = true;
        }
        return count;
    }

    /// Writes as much to `channel` as it takes, up to the byte at `limit`, exclusive; returns how much that
    /// was.
    long drain(SocketChannel channel, long limit) throws IOException {
        long before = passed;
        for (Chunk head = chunks.peek(); head != null && passed < limit; head = chunks.peek()) {
            int length = (int) Math.min(head.written - head.read, limit - passed);
            int count = channel.write(head.bytes.limit(head.read + length).position(head.read));
            head.read += count;
            passed += count;
            if (head.read == head.written) {
                pool.giveBack(chunks.remove());
            }
            if (count < length) {
                break;
            }
        }
        return passed - before;
    }

    /// Bytes read so far.
    long taken() {
        return taken;
    }

    /// Bytes written so far.
    long passed() {
        return passed;
    }

    boolean isEmpty() {
        return taken == passed;
    }

    /// Whether there is room, and a sender that may still send.
    boolean wantsMore() {
        return !ended && taken - passed <= CAPACITY - Chunks.SIZE;
    }

    boolean hasEnded() {
        return ended;
    }

    /// Whether everything has been passed on and nothing more will come.
    boolean isDone() {
        return ended && isEmpty();
    }

    /// A new sender takes over.
    void reopen() {
        ended = false;
    }

    /// Gives all buffers back.
    void clear() {
        chunks.forEach(pool::giveBack);
        chunks.clear();
    }
}
