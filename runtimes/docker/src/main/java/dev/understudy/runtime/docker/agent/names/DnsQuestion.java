package dev.understudy.runtime.docker.agent.names;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One question in the format of RFC 1035, section 4, and the answers it can get. Immutable.
///
/// Only the header and the first question are read; what follows them, as EDNS (RFC 6891), is ignored.
final class DnsQuestion {
    static final int A = 1;
    static final int HEADER = 12;
    static final int OK = 0;
    static final int MALFORMED = 1;
    static final int NO_SUCH_NAME = 3;
    static final int NOT_IMPLEMENTED = 4;
    static final int REFUSED = 5;

    private static final int INTERNET = 1;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_LABEL = 63;
    private static final int RESPONSE = 0x8000;
    private static final int OPCODE = 0x7800;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int RECURSION_AVAILABLE = 0x0080;
    private static final int POINTER_TO_QUESTION = 0xc000 | HEADER;
    private static final int TTL_SECONDS = 1;
    private static final int RECORD = 2 + 2 + 2 + 4 + 2 + 4;

    private final int id;
    private final int flags;
    private final int problem;
    private final String name;
    private final int type;
    private final byte[] question;

    private DnsQuestion(int id, int flags, int problem, String name, int type, byte[] question) {
        this.id = id;
        this.flags = flags;
        this.problem = problem;
        this.name = name;
        this.type = type;
        this.question = question;
    }

    /// Reads a message; empty if it is none that may be answered: too short for a header, or an answer itself,
    /// which two servers would else send to and fro forever.
    static Optional<DnsQuestion> read(byte[] message) {
        if (message.length < HEADER) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(message);
        int id = bytes.getShort() & 0xffff;
        int flags = bytes.getShort() & 0xffff;
        int questions = bytes.getShort() & 0xffff;
        if ((flags & RESPONSE) != 0) {
            return Optional.empty();
        }
        if ((flags & OPCODE) != 0) {
            return Optional.of(unreadable(id, flags, NOT_IMPLEMENTED));
        }
        bytes.position(HEADER);
        String name = questions == 1 ? name(bytes) : null;
        if (name == null || bytes.remaining() < 2 * Short.BYTES) {
            return Optional.of(unreadable(id, flags, MALFORMED));
        }
        int type = bytes.getShort() & 0xffff;
        int problem = (bytes.getShort() & 0xffff) == INTERNET ? OK : REFUSED;
        byte[] question = Arrays.copyOfRange(message, HEADER, bytes.position());
        return Optional.of(new DnsQuestion(id, flags, problem, name, type, question));
    }

    private static DnsQuestion unreadable(int id, int flags, int problem) {
        return new DnsQuestion(id, flags, problem, "", 0, new byte[0]);
    }

    /// The name at the buffer's position, or null if it isn't one. A pointer (RFC 1035, section 4.1.4) isn't:
    /// nothing comes before the first question that it could point to.
    private static @Nullable String name(ByteBuffer bytes) {
        StringBuilder name = new StringBuilder();
        int left = LONGEST_NAME;
        while (bytes.hasRemaining()) {
            int length = bytes.get() & 0xff;
            left -= 1 + length;
            if (length == 0) {
                return name.toString();
            }
            if (length > LONGEST_LABEL || length > bytes.remaining() || left < 1) {
                return null;
            }
            byte[] label = new byte[length];
            bytes.get(label);
            name.append(name.isEmpty() ? "" : ".").append(text(label));
        }
        return null;
    }

    /// A label as master files write it (RFC 1035, section 5.1), so that no byte of it can be mistaken for a
    /// dot.
    private static String text(byte[] label) {
        StringBuilder text = new StringBuilder();
        for (char letter : new String(label, StandardCharsets.ISO_8859_1).toCharArray()) {
            if (letter <= ' ' || letter > '~' || letter == '.' || letter == '\\') {
                text.append('\\').append(Integer.toString(1000 + letter).substring(1));
            } else {
                text.append(letter);
            }
        }
        return text.toString();
    }

    /// What is wrong with the question itself: a response code, [#OK] if nothing is.
    int problem() {
        return problem;
    }

    /// As it was asked, without a dot at the end; empty for the root.
    String name() {
        return name;
    }

    int type() {
        return type;
    }

    String typeName() {
        return switch (type) {
            case A -> "A";
            case 2 -> "NS";
            case 5 -> "CNAME";
            case 6 -> "SOA";
            case 12 -> "PTR";
            case 15 -> "MX";
            case 16 -> "TXT";
            case 28 -> "AAAA";
            case 33 -> "SRV";
            case 65 -> "HTTPS";
            case 255 -> "ANY";
            default -> "TYPE" + type;
        };
    }

    /// An answer without records.
    byte[] answer(int code) {
        byte[] answer = new byte[HEADER + question.length];
        head(answer, code, 0);
        return answer;
    }

    /// An answer with one address.
    byte[] answer(Inet4Address address) {
        byte[] answer = new byte[HEADER + question.length + RECORD];
        head(answer, OK, 1)
                .putShort((short) POINTER_TO_QUESTION)
                .putShort((short) A)
                .putShort((short) INTERNET)
                .putInt(TTL_SECONDS)
                .putShort((short) 4)
                .put(address.getAddress());
        return answer;
    }

    private ByteBuffer head(byte[] answer, int code, int answers) {
        int kept = flags & (OPCODE | RECURSION_DESIRED);
        return ByteBuffer.wrap(answer)
                .putShort((short) id)
                .putShort((short) (RESPONSE | kept | RECURSION_AVAILABLE | code))
                .putShort((short) (question.length == 0 ? 0 : 1))
                .putShort((short) answers)
                .putInt(0)
                .put(question);
    }
}
