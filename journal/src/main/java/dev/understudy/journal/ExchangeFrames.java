package dev.understudy.journal;

import dev.understudy.journal.ExchangeRecord.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/// The format of `exchanges.bin`, big-endian. Not thread-safe.
///
/// ```
/// file   = "UNDX" version:u16 frame*
/// frame  = length:u32 payload crc:u32         length of the payload; CRC32C (RFC 3720) over it
/// route  = 1:u8 utf8                          the n-th route frame names route n, counted from 0
/// record = 2:u8 trial:i32 exchange:i64 session:i64 route:i32 flags:u8 liveStatus:i32
///          intended:i64 sent:i64 ended:i64 status:i32 outcome:u8
/// flags  = 1 write | 2 control
/// outcome: 0 acknowledged, 1 refused, 2 unknown, 3 dropped
/// ```
final class ExchangeFrames {
    static final short VERSION = 1;

    private static final byte[] MAGIC = {'U', 'N', 'D', 'X'};
    private static final int HEADER = MAGIC.length + Short.BYTES;
    private static final int RECORD = 1 + 4 + 8 + 8 + 4 + 1 + 4 + 8 + 8 + 8 + 4 + 1;
    private static final int LONGEST = 64 << 10;

    private final Map<String, Integer> routes = new HashMap<>();
    private final SealableFile file;
    private final ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + LONGEST + Integer.BYTES);
    private final CRC32C crc = new CRC32C();

    ExchangeFrames(SealableFile file) {
        this.file = file;
        byte[] header = ByteBuffer.allocate(HEADER).put(MAGIC).putShort(VERSION).array();
        file.append(header, header.length);
    }

    void append(ExchangeRecord exchange) {
        int route = routeNumber(exchange.route());
        begin(RECORD)
                .put((byte) 2)
                .putInt(exchange.trial())
                .putLong(exchange.exchange())
                .putLong(exchange.session())
                .putInt(route)
                .put((byte) ((exchange.write() ? 1 : 0) | (exchange.control() ? 2 : 0)))
                .putInt(exchange.liveStatus())
                .putLong(exchange.intended())
                .putLong(exchange.sent())
                .putLong(exchange.ended())
                .putInt(exchange.status())
                .put(code(exchange.outcome()));
        end(RECORD);
    }

    private int routeNumber(String route) {
        Integer known = routes.get(route);
        if (known != null) {
            return known;
        }
        byte[] name = route.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(name.length, LONGEST - 1);
        begin(1 + length).put((byte) 1).put(name, 0, length);
        end(1 + length);
        int number = routes.size();
        routes.put(route, number);
        return number;
    }

    private ByteBuffer begin(int length) {
        return frame.clear().putInt(length);
    }

    private void end(int length) {
        crc.reset();
        crc.update(frame.array(), Integer.BYTES, length);
        frame.putInt((int) crc.getValue());
        file.append(frame.array(), frame.position());
    }

    /// Every record of a file's bytes. A tail that was cut off, or is all zeroes, ends the file.
    /// @param name for errors
    /// @throws JournalException if it is no such file or something before the tail is damaged
    static List<ExchangeRecord> decode(String name, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.remaining() < HEADER) {
            return List.of();
        }
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        short version = in.getShort();
        if (!java.util.Arrays.equals(magic, MAGIC) || version != VERSION) {
            throw new JournalException(name + ": not a file of exchanges of version " + VERSION);
        }
        List<ExchangeRecord> exchanges = new ArrayList<>();
        List<String> names = new ArrayList<>();
        while (nextIsWhole(name, in)) {
            int start = in.position();
            int length = in.getInt();
            ByteBuffer payload = in.slice(in.position(), length);
            in.position(start + Integer.BYTES + length);
            if (!matches(payload, in.getInt())) {
                if (in.hasRemaining()) {
                    throw new JournalException(name + ": byte " + start + ": the frame is damaged (CRC32C)");
                }
                return exchanges;
            }
            decodeFrame(name, start, payload, names, exchanges);
        }
        return exchanges;
    }

    private static boolean nextIsWhole(String name, ByteBuffer in) {
        if (in.remaining() < Integer.BYTES) {
            return false;
        }
        int length = in.getInt(in.position());
        if (length == 0 && isZero(in)) {
            return false;
        }
        if (length <= 0 || length > LONGEST) {
            throw new JournalException(name + ": byte " + in.position() + ": a frame of " + length + " bytes");
        }
        return in.remaining() >= Integer.BYTES + length + Integer.BYTES;
    }

    private static boolean isZero(ByteBuffer in) {
        for (int at = in.position(); at < in.limit(); at++) {
            if (in.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(ByteBuffer payload, int expected) {
        CRC32C sum = new CRC32C();
        sum.update(payload.duplicate());
        return (int) sum.getValue() == expected;
    }

    private static void decodeFrame(
            String name, int start, ByteBuffer payload, List<String> names, List<ExchangeRecord> exchanges) {
        byte kind = payload.get();
        if (kind == 1) {
            names.add(StandardCharsets.UTF_8.decode(payload).toString());
        } else if (kind == 2 && payload.remaining() >= RECORD - 1) {
            exchanges.add(decodeRecord(payload, names));
        } else {
            throw new JournalException(name + ": byte " + start + ": a frame of the unknown kind " + kind);
        }
    }

    private static ExchangeRecord decodeRecord(ByteBuffer in, List<String> names) {
        int trial = in.getInt();
        long exchange = in.getLong();
        long session = in.getLong();
        String route = names.get(in.getInt());
        byte flags = in.get();
        return new ExchangeRecord(
                trial,
                exchange,
                session,
                route,
                (flags & 1) != 0,
                in.getInt(),
                (flags & 2) != 0,
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getInt(),
                outcome(in.get()));
    }

    private static byte code(Outcome outcome) {
        return switch (outcome) {
            case ACKNOWLEDGED -> 0;
            case REFUSED -> 1;
            case UNKNOWN -> 2;
            case DROPPED -> 3;
        };
    }

    private static Outcome outcome(byte code) {
        return switch (code) {
            case 0 -> Outcome.ACKNOWLEDGED;
            case 1 -> Outcome.REFUSED;
            case 3 -> Outcome.DROPPED;
            default -> Outcome.UNKNOWN;
        };
    }
}
