package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FramesTest {
    @Test
    void bothOutputsComeAsTheyWerePrinted() {
        assertThat(Frames.text(joined(frame(1, "one "), frame(2, "two "), frame(1, ""), frame(1, "three"))))
                .isEqualTo("one two three");
        assertThat(Frames.text(new byte[0])).isEmpty();
    }

    @Test
    void whatIsNotMadeOfFramesIsTakenAsItIs() {
        assertThat(Frames.text("plain words here".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("plain words here");
    }

    @Test
    void aStreamThatBreaksOffSaysWhere() {
        byte[] whole = frame(1, "hello");

        assertThatThrownBy(() -> read(java.util.Arrays.copyOf(whole, 3)))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("3 of 8");
        assertThatThrownBy(() -> read(java.util.Arrays.copyOf(whole, 10)))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("2 of 5");
        byte[] huge = frame(1, "");
        huge[4] = (byte) 0xff;
        assertThatThrownBy(() -> read(huge)).hasMessageContaining("claims 4278190080 bytes");
    }

    @Test
    void onlyTheEndOfALongOutputIsKept() {
        Tail tail = new Tail(5);
        tail.add("one ".getBytes(StandardCharsets.UTF_8));
        assertThat(tail).hasToString("one ");
        tail.add("two ".getBytes(StandardCharsets.UTF_8));
        tail.add("three".getBytes(StandardCharsets.UTF_8));
        assertThat(tail).hasToString("…three");
        tail.add("!".getBytes(StandardCharsets.UTF_8));
        assertThat(tail).hasToString("…hree!");
    }

    private static void read(byte[] bytes) throws IOException {
        Frames.read(new ByteArrayInputStream(bytes), piece -> {});
    }

    private static byte[] frame(int output, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + content.length)
                .put((byte) output)
                .position(4)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
