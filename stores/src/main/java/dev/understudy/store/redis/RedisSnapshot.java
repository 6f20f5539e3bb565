package dev.understudy.store.redis;

import dev.understudy.runtime.EnvironmentException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/// Fetches a snapshot from a running server as a replica does
/// (<https://redis.io/docs/latest/operate/oss_and_stack/management/replication/>): the server forks, and the
/// child sends what the memory held at that instant. Nothing is paused, and the connection ends with the
/// snapshot.
///
/// ```
///  we    SYNC ──▶                                surelyIn: before it was sent
///  live         fork ─┐
///        ◀── $EOF:MARK or $LENGTH                surelyOut: when this came
///        ◀── the snapshot …  (MARK)
/// ```
public final class RedisSnapshot {
    private static final int MARK = 40;
    private static final byte[] MAGIC = "REDIS".getBytes(StandardCharsets.US_ASCII);

    private RedisSnapshot() {}

    /// When the snapshot was taken, by the wall clock of this machine, and how long it is.
    public record Taken(long surelyInEpochMillis, long surelyOutEpochMillis, long bytes) {}

    /// Writes the snapshot to `file`.
    /// @param patience for each part of it, the server's waiting for other replicas counted in
    /// @throws EnvironmentException if the server refuses, or what it sends is none
    public static Taken fetch(RedisLogin login, Path file, Duration patience) {
        try (RedisConnection connection = RedisConnection.open(login, patience);
                OutputStream out = Files.newOutputStream(file)) {
            // both are unknown to old servers, which then send a length, and changes after the snapshot
            connection.tryTo("REPLCONF", "rdb-only", "1");
            connection.tryTo("REPLCONF", "capa", "eof");
            long surelyIn = System.currentTimeMillis();
            connection.send("SYNC".getBytes(StandardCharsets.US_ASCII));
            String header = connection.line();
            while (header.isEmpty()) {
                header = connection.line(); // a sign of life while the server prepares
            }
            long surelyOut = System.currentTimeMillis() + 1;
            long bytes = header.startsWith("$EOF:")
                    ? untilMark(connection.raw(), header.substring(5).getBytes(StandardCharsets.US_ASCII), out)
                    : ofLength(connection.raw(), header, out);
            out.flush();
            requireSnapshot(file);
            return new Taken(surelyIn, surelyOut, bytes);
        } catch (IOException e) {
            throw new EnvironmentException("the snapshot of Redis at " + login + " broke off: " + e.getMessage(), e);
        }
    }

    private static long ofLength(InputStream in, String header, OutputStream out) throws IOException {
        if (!header.matches("\\$[0-9]{1,18}")) {
            throw new IOException("the server answered '" + header + "' to SYNC");
        }
        long length = Long.parseLong(header.substring(1));
        byte[] buffer = new byte[1 << 16];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException(left + " of " + length + " bytes are missing");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        return length;
    }

    /// The last bytes so far are held back: they may be the mark.
    private static long untilMark(InputStream in, byte[] mark, OutputStream out) throws IOException {
        if (mark.length != MARK) {
            throw new IOException("a mark of " + mark.length + " bytes ends no snapshot");
        }
        byte[] held = in.readNBytes(MARK);
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        while (!Arrays.equals(held, mark)) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new EOFException("its end is missing");
            }
            byte[] both = Arrays.copyOf(held, held.length + read);
            System.arraycopy(buffer, 0, both, held.length, read);
            int sure = both.length - MARK;
            out.write(both, 0, sure);
            bytes += sure;
            held = Arrays.copyOfRange(both, sure, both.length);
        }
        return bytes;
    }

    private static void requireSnapshot(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new IOException("what came is no snapshot");
            }
        }
    }
}
