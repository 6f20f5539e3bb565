package dev.understudy.links;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// The buffers of one loop, used again and again: an idle connection holds none. Only for the loop's thread.
final class Chunks {
    static final int SIZE = 16 * 1024;
    private static final int KEPT = 1024;

    private final ArrayDeque<Chunk> free = new ArrayDeque<>();

    Chunk take() {
        Chunk chunk = free.poll();
        return chunk == null ? new Chunk(ByteBuffer.allocateDirect(SIZE)) : chunk;
    }

    void giveBack(Chunk chunk) {
        if (free.size() < KEPT) {
            chunk.read = 0;
            chunk.written = 0;
            free.push(chunk);
        }
    }

    /// A buffer with two positions: bytes from `read` to `written` wait to be passed on.
    static final class Chunk {
        final ByteBuffer bytes;
        int read;
        int written;

        private Chunk(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        boolean isFull() {
            return written == SIZE;
        }
    }
}
