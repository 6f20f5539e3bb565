package dev.understudy.store.redis;

import dev.understudy.store.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One key's value, in a form that is the same wherever the value is: what has no order is sorted.
///
/// @param type as the server names it
record RedisValue(String type, String text, boolean expires) {

    /// Nothing if the key has gone, or is of a type that only a module knows.
    static Optional<RedisValue> read(RedisConnection connection, byte[] key, List<String> incomplete) {
        String type = connection.tryTo(word("TYPE"), key).text();
        Optional<String> text = switch (type) {
            case "string" ->
                Optional.of(shown(connection.tryTo(word("GET"), key).bytes()));
            case "hash" -> Optional.of(pairs(connection.tryTo(word("HGETALL"), key), true));
            case "list" -> Optional.of(items(connection.tryTo(word("LRANGE"), key, word("0"), word("-1")), false));
            case "set" -> Optional.of(items(connection.tryTo(word("SMEMBERS"), key), true));
            case "zset" ->
                Optional.of(
                        pairs(connection.tryTo(word("ZRANGE"), key, word("0"), word("-1"), word("WITHSCORES")), false));
            case "stream" -> Optional.of(items(connection.tryTo(word("XRANGE"), key, word("-"), word("+")), false));
            case "none" -> Optional.empty();
            default -> {
                incomplete.add("keys of the type '" + type + "' are not listed");
                yield Optional.empty();
            }
        };
        long left = connection.tryTo(word("PTTL"), key) instanceof RedisReply.Whole(long millis) ? millis : -1;
        return text.map(value -> new RedisValue(type, shortened(value), left >= 0));
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
