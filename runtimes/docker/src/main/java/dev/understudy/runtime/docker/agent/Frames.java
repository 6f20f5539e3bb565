package dev.understudy.runtime.docker.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The envelope of everything that tool and agent say to each other: four bytes of length, then as many bytes,
/// of which the first says what they are. No state.
final class Frames {
    /// No frame is longer.
    static final int LONGEST = 1 << 20;

    /// From the tool: a number, then an [Order].
    static final byte ORDER = 1;

    /// To the tool: the number of an order, then what came of it.
    static final byte ANSWER = 2;

    /// To the tool: measurements, [Outbox#SAMPLE_BYTES] each.
    static final byte SAMPLES = 3;

    /// To the tool: one name that was asked for.
    static final byte SIGHTING = 4;

    private Frames() {}

    /// Writes the content of a frame.
    interface Content {
        void to(DataOutputStream out) throws IOException;
    }

    /// A whole frame as bytes, so that it leaves in one piece.
    /// @throws IllegalArgumentException if it would be too long
    static byte[] frame(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(0);
            content.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] frame = bytes.toByteArray();
        int length = frame.length - Integer.BYTES;
        if (length > LONGEST) {
            throw new IllegalArgumentException("a message of " + length + " bytes is too long for the link agent");
        }
        ByteBuffer.wrap(frame).putInt(length);
        return frame;
    }

    /// Writes `count` bytes from `from` on, after `kind`, as one frame.
    static void write(OutputStream out, byte kind, byte[] bytes, int from, int count) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + 1 + count);
        out.write(frame.putInt(1 + count)
                .put(kind)
                .put(Arrays.copyOfRange(bytes, from, from + count))
                .array());
    }

    /// The content of the next frame.
    /// @throws java.io.EOFException at the end of the stream
    /// @throws IOException if it is longer than `longest`, which nobody of ours sends
    static byte[] read(DataInputStream in, int longest) throws IOException {
        int length = in.readInt();
        if (length < 1 || length > longest) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] content = new byte[length];
        in.readFully(content);
        return content;
    }
}
