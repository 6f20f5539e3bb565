package dev.understudy.store.redis;

import dev.understudy.store.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One key's value, in a form that is the same wherever the value is: what has no order is sorted.
///
/// @param type as the server names it
record RedisValue(String type, String text, boolean expires) {

    /// What tells of each of `keys`; a key that has gone, or is of a type that only a module knows, is left out.
    static Map<String, RedisValue> read(RedisConnection connection, List<byte[]> keys, List<String> incomplete) {
        List<byte[][]> questions = new ArrayList<>();
        for (byte[] key : keys) {
            questions.add(new byte[][] {word("TYPE"), key});
            questions.add(new byte[][] {word("PTTL"), key});
        }
        List<RedisReply> told = connection.tryAll(questions);
        List<byte[][]> asking = new ArrayList<>();
        List<Integer> asked = new ArrayList<>();
        for (int at = 0; at < keys.size(); at++) {
            String type = told.get(2 * at).text();
            Optional<byte[][]> question = question(type, keys.get(at));
            if (question.isPresent()) {
                asking.add(question.get());
                asked.add(at);
            } else if (!type.equals("none")) {
                incomplete.add("keys of the type '" + type + "' are not listed");
            }
        }
        List<RedisReply> answers = connection.tryAll(asking);
        Map<String, RedisValue> values = new HashMap<>();
        for (int at = 0; at < asked.size(); at++) {
            int key = asked.get(at);
            String type = told.get(2 * key).text();
            boolean expires = told.get(2 * key + 1) instanceof RedisReply.Whole(long left) && left >= 0;
            values.put(shown(keys.get(key)), new RedisValue(type, shortened(text(type, answers.get(at))), expires));
        }
        return values;
    }

    private static Optional<byte[][]> question(String type, byte[] key) {
        return switch (type) {
            case "string" -> Optional.of(new byte[][] {word("GET"), key});
            case "hash" -> Optional.of(new byte[][] {word("HGETALL"), key});
            case "list" -> Optional.of(new byte[][] {word("LRANGE"), key, word("0"), word("-1")});
            case "set" -> Optional.of(new byte[][] {word("SMEMBERS"), key});
            case "zset" -> Optional.of(new byte[][] {word("ZRANGE"), key, word("0"), word("-1"), word("WITHSCORES")});
            case "stream" -> Optional.of(new byte[][] {word("XRANGE"), key, word("-"), word("+")});
            default -> Optional.empty();
        };
    }

    private static String text(String type, RedisReply answer) {
        return switch (type) {
            case "string" -> shown(answer.bytes());
            case "hash" -> pairs(answer, true);
            case "zset" -> pairs(answer, false);
            default -> items(answer, type.equals("set"));
        };
    }

    private static byte[] word(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String items(RedisReply reply, boolean sorted) {
        var each = reply.items().stream().map(RedisValue::nested);
        return (sorted ? each.sorted() : each).collect(Collectors.joining("\n"));
    }

    private static String nested(RedisReply reply) {
        return reply instanceof RedisReply.Items
                ? reply.items().stream().map(RedisValue::nested).collect(Collectors.joining(" ", "(", ")"))
                : quoted(reply.bytes());
    }

    private static String pairs(RedisReply reply, boolean sorted) {
        List<String> lines = new ArrayList<>();
        List<RedisReply> all = reply.items();
        for (int at = 0; at + 1 < all.size(); at += 2) {
            lines.add(quoted(all.get(at).bytes()) + " " + quoted(all.get(at + 1).bytes()));
        }
        if (sorted) {
            lines.sort(null);
        }
        return String.join("\n", lines);
    }

    /// So that two values can't look like one.
    private static String quoted(byte[] bytes) {
        String text = shown(bytes);
        return text.isEmpty() || text.chars().anyMatch(each -> each <= ' ' || each == '"' || each == '\\')
                ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"'
                : text;
    }

    private static String shortened(String text) {
        return text.length() > Digest.SHOWN_BYTES ? Digest.of(text.getBytes(StandardCharsets.UTF_8)) : text;
    }

    /// As text if it is some, else as a digest.
    static String shown(byte[] bytes) {
        if (bytes.length > Digest.SHOWN_BYTES) {
            return Digest.of(bytes);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            return Digest.of(bytes);
        }
    }
}
