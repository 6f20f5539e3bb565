package dev.understudy.runtime.docker.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// The stream in which an engine tells two outputs apart: frames of eight bytes (which output, three zeros, the
/// length big-endian) and so many bytes of it. Format: "Stream format" of the operation ContainerAttach in the
/// engine's API.
final class Frames {
    private static final int HEAD = 8;
    private static final int LARGEST = 16 << 20;

    private Frames() {}

    /// Hands on what the frames hold, both outputs as they come, until the stream ends.
    /// @throws IOException if it is no such stream, or ends amidst a frame
    static void read(InputStream in, Consumer<byte[]> each) throws IOException {
        byte[] head = new byte[HEAD];
        for (int read = in.readNBytes(head, 0, HEAD); read > 0; read = in.readNBytes(head, 0, HEAD)) {
            if (read < HEAD) {
                throw new EOFException("the output ends amidst the head of a frame: " + read + " of 8 bytes");
            }
            int length = ByteBuffer.wrap(head).getInt(4);
            if (head[0] < 0 || head[0] > 3 || head[1] != 0 || head[2] != 0 || head[3] != 0) {
                throw new IOException("the output is not made of frames: one begins with " + head[0]);
            }
            if (length < 0 || length > LARGEST) {
                throw new IOException("a frame of the output claims " + (length & 0xffffffffL) + " bytes");
            }
            byte[] content = in.readNBytes(length);
            each.accept(content);
            if (content.length < length) {
                throw new EOFException(
                        "the output ends amidst a frame: " + content.length + " of " + length + " bytes");
            }
        }
    }

    /// As far as `body` is made of frames; what follows is taken as it is.
    static String text(byte[] body) {
        java.io.ByteArrayOutputStream text = new java.io.ByteArrayOutputStream();
        try {
            read(new java.io.ByteArrayInputStream(body), text::writeBytes);
            return plain(text.toByteArray());
        } catch (IOException brokenOff) {
            return text.size() == 0 ? plain(body) : plain(text.toByteArray());
        }
    }

    static String plain(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
