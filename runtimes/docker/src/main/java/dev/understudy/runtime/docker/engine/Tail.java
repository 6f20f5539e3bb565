package dev.understudy.runtime.docker.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// The last bytes of what comes piece by piece, at most so many. Thread-safe.
final class Tail {
    private final int most;
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private int size;
    private boolean isCut;

    Tail(int most) {
        this.most = most;
    }

    synchronized void add(byte[] piece) {
        pieces.add(piece);
        size += piece.length;
        while (size - pieces.getFirst().length >= most) {
            size -= pieces.removeFirst().length;
            isCut = true;
        }
    }

    @Override
    public synchronized String toString() {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream(size);
        pieces.forEach(all::writeBytes);
        byte[] bytes = all.toByteArray();
        int from = Math.max(0, bytes.length - most);
        return (isCut || from > 0 ? "…" : "") + new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }
}
