package dev.understudy.runtime.docker.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// Writes a tar as engines read it: ustar heads (POSIX.1-1988), and before a name that doesn't fit in one, or a
/// file too large for its size field, an extended head (POSIX.1-2001, `pax`). Everything belongs to root. Not
/// thread-safe.
///
/// Nothing is closed by this but itself: [#close] writes the two empty blocks that end a tar.
public final class TarStream implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int LONGEST = 100;
    private static final long LARGEST = (1L << 33) - 1;

    private final OutputStream out;
    private final Instant time;

    /// @param time when everything in it was changed last, as far as it is no file
    public TarStream(OutputStream out, Instant time) {
        this.out = out;
        this.time = time;
    }

    /// A small tar of files with these contents, readable by all.
    public static byte[] of(java.util.Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarStream tar = new TarStream(bytes, Instant.EPOCH)) {
            for (java.util.Map.Entry<String, byte[]> file : files.entrySet()) {
                tar.file(file.getKey(), file.getValue(), 0644);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("memory doesn't refuse to be written", e);
        }
        return bytes.toByteArray();
    }

    public void directory(String name, int mode) throws IOException {
        directory(name, mode, Owner.ROOT);
    }

    /// A directory of somebody's.
    public void directory(String name, int mode, Owner owner) throws IOException {
        String full = name.endsWith("/") ? name : name + "/";
        plainHead(full, '5', 0, mode, "", time, owner);
    }

    /// Whose something is, by the numbers of user and group.
    public record Owner(int user, int group) {
        static final Owner ROOT = new Owner(0, 0);
    }

    public void file(String name, byte[] content, int mode) throws IOException {
        head(name, '0', content.length, mode, "", time);
        out.write(content);
        pad(content.length);
    }

    /// With the time at which it was changed last.
    /// @throws IOException also if it grows or shrinks meanwhile
    public void file(String name, Path content, int mode) throws IOException {
        long size = Files.size(content);
        head(name, '0', size, mode, "", Files.getLastModifiedTime(content).toInstant());
        try (InputStream in = Files.newInputStream(content)) {
            byte[] buffer = new byte[1 << 16];
            long left = size;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException(content + " became shorter while it was packed");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        pad(size);
    }

    public void link(String name, String target) throws IOException {
        head(name, '2', 0, 0777, target, time);
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    private void head(String name, char type, long size, int mode, String target, Instant changed) throws IOException {
        String extended = (isTooLong(name) ? record("path", name) : "")
                + (isTooLong(target) ? record("linkpath", target) : "")
                + (size > LARGEST ? record("size", Long.toString(size)) : "");
        if (!extended.isEmpty()) {
            byte[] records = extended.getBytes(StandardCharsets.UTF_8);
            plainHead("pax", 'x', records.length, 0644, "", changed, Owner.ROOT);
            out.write(records);
            pad(records.length);
        }
        plainHead(name, type, Math.min(size, LARGEST), mode, target, changed, Owner.ROOT);
    }

    private static boolean isTooLong(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length > LONGEST;
    }

    /// `LENGTH KEY=VALUE` and a new line, where the length counts its own digits.
    private static String record(String key, String value) {
        int rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8).length;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        return length + " " + key + "=" + value + "\n";
    }

    private void plainHead(String name, char type, long size, int mode, String target, Instant changed, Owner owner)
            throws IOException {
        byte[] head = new byte[BLOCK];
        put(head, 0, LONGEST, name);
        octal(head, 100, 8, mode);
        octal(head, 108, 8, owner.user());
        octal(head, 116, 8, owner.group());
        octal(head, 124, 12, size);
        octal(head, 136, 12, Math.max(0, changed.getEpochSecond()));
        head[156] = (byte) type;
        put(head, 157, LONGEST, target);
        put(head, 257, 8, "ustar\00000");
        if (owner.equals(Owner.ROOT)) {
            put(head, 265, 32, "root");
            put(head, 297, 32, "root");
        }
        put(head, 148, 8, "        ");
        int sum = 0;
        for (byte each : head) {
            sum += each & 0xff;
        }
        put(head, 148, 8, String.format(java.util.Locale.ROOT, "%06o\0 ", sum));
        out.write(head);
    }

    private static void put(byte[] head, int at, int most, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, head, at, Math.min(most, bytes.length));
    }

    private static void octal(byte[] head, int at, int width, long number) {
        put(head, at, width, String.format(java.util.Locale.ROOT, "%0" + (width - 1) + "o", number));
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }
}
