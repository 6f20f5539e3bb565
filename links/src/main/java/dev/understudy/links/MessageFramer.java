package dev.understudy.links;

import java.nio.ByteBuffer;

/// Cuts one direction of an HTTP/1.1 connection into messages (RFC 9112), incrementally: it may be fed in
/// pieces of any size. Bodies are skipped, not looked at. What is no HTTP/1.x turns it raw, for good.
final class MessageFramer {
    private static final int LONGEST_HEAD = 1024 * 1024;

    /// How the end of a body is known (RFC 9112, section 6.3). RAW: this was the last message, what follows is
    /// something else.
    enum Body {
        NONE,
        FIXED,
        CHUNKED,
        UNTIL_CLOSE,
        RAW
    }

    /// What a head says of its body; `length` is -1 if it says nothing.
    record Declared(boolean chunked, boolean otherCoding, long length) {}

    /// What differs between requests and responses, and who is told.
    interface Side {
        /// A message begins with the byte at `offset`.
        void began(long offset);

        /// Whether this is a proper first line.
        boolean startLine(HeadLine line);

        /// The head is complete.
        Body body(Declared declared);

        /// The message is complete.
        void ended();

        /// What came since [#began] is no message. `begun` says whether there was a proper first line.
        void malformed(boolean begun);
    }

    private enum Stage {
        BETWEEN,
        START_LINE,
        FIELDS,
        FIXED,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_CLOSE,
        RAW
    }

    private final Side side;
    private final HeadLine line = new HeadLine();
    private Stage stage = Stage.BETWEEN;
    private int headBytes;
    private boolean chunked;
    private boolean otherCoding;
    private long length;
    private long left;

    MessageFramer(Side side) {
        this.side = side;
    }

    /// Whether no message has begun that hasn't ended.
    boolean isBetween() {
        return stage == Stage.BETWEEN;
    }

    boolean isRaw() {
        return stage == Stage.RAW;
    }

    /// Looks at nothing from now on.
    void goRaw() {
        stage = Stage.RAW;
    }

    /// The stream has ended, which ends a message whose body goes on until then.
    void streamEnded() {
        if (stage == Stage.UNTIL_CLOSE) {
            complete();
        }
    }

    /// Takes in bytes `from` to `to`, the first of which is at `offset` of the stream.
    void feed(ByteBuffer bytes, int from, int to, long offset) {
        int at = from;
        while (at < to && stage != Stage.RAW) {
            switch (stage) {
                case FIXED, CHUNK -> at += skip(to - at);
                case UNTIL_CLOSE -> at = to;
                default -> {
                    take(bytes.get(at), offset + at - from);
                    at++;
                }
            }
        }
    }

    private int skip(int available) {
        int skipped = (int) Math.min(left, available);
        left -= skipped;
        if (left == 0) {
            if (stage == Stage.FIXED) {
                complete();
            } else {
                stage = Stage.CHUNK_END;
            }
        }
        return skipped;
    }

    private void take(byte b, long offset) {
        switch (stage) {
            case BETWEEN -> first(b, offset);
            case CHUNK_END -> chunkEnd(b);
            default -> inLine(b);
        }
    }

    private void first(byte b, long offset) {
        if (b == '\r' || b == '\n') {
            return; // RFC 9112, section 2.2: empty lines before a request are to be ignored
        }
        stage = Stage.START_LINE;
        headBytes = 1;
        chunked = false;
        otherCoding = false;
        length = -1;
        line.clear();
        line.add(b);
        side.began(offset);
        if (!HeadLine.isToken(b)) {
            fail(false);
        }
    }

    private void inLine(byte b) {
        if (++headBytes > LONGEST_HEAD) {
            fail(stage != Stage.START_LINE);
        } else if (b == '\n') {
            line.end();
            lineEnded();
            line.clear();
        } else {
            line.add(b);
        }
    }

    private void lineEnded() {
        switch (stage) {
            case START_LINE -> {
                if (side.startLine(line)) {
                    stage = Stage.FIELDS;
                } else {
                    fail(false);
                }
            }
            case FIELDS -> {
                if (line.isEmpty()) {
                    enter(side.body(new Declared(chunked, otherCoding, length)));
                } else if (!field()) {
                    fail(true);
                }
            }
            case CHUNK_SIZE -> chunkBegins(line.chunkSize());
            case TRAILER -> {
                if (line.isEmpty()) {
                    complete();
                }
            }
            default -> throw new IllegalStateException("no line in " + stage);
        }
    }

    private boolean field() {
        if (line.isFolded()) {
            return true;
        }
        if (!line.isField()) {
            return false;
        }
        if (line.isNamed("content-length")) {
            return contentLength(line.value());
        }
        if (line.isNamed("transfer-encoding")) {
            chunked = line.value().endsWith("chunked");
            otherCoding = !chunked;
        }
        return true;
    }

    private boolean contentLength(String value) {
        if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        long said = Long.parseLong(value);
        boolean consistent = length < 0 || length == said;
        length = said;
        return consistent;
    }

    private void enter(Body body) {
        switch (body) {
            case NONE -> complete();
            case FIXED -> {
                left = length;
                stage = Stage.FIXED;
                if (left == 0) {
                    complete();
                }
            }
            case CHUNKED -> stage = Stage.CHUNK_SIZE;
            case UNTIL_CLOSE -> stage = Stage.UNTIL_CLOSE;
            case RAW -> {
                stage = Stage.RAW;
                side.ended();
            }
        }
    }

    private void chunkBegins(long size) {
        headBytes = 0;
        if (size < 0) {
            fail(true);
        } else {
            left = size;
            stage = size == 0 ? Stage.TRAILER : Stage.CHUNK;
        }
    }

    private void chunkEnd(byte b) {
        if (b == '\n') {
            stage = Stage.CHUNK_SIZE;
        } else if (b != '\r') {
            fail(true);
        }
    }

    private void complete() {
        stage = Stage.BETWEEN;
        side.ended();
    }

    private void fail(boolean begun) {
        stage = Stage.RAW;
        side.malformed(begun);
    }
}
