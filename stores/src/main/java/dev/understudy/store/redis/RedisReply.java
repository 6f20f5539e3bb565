package dev.understudy.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a server answers, as the second version of its protocol has it
/// (<https://redis.io/docs/latest/develop/reference/protocol-spec/>).
sealed interface RedisReply {
    /// A text or some bytes.
    record Bytes(byte[] content) implements RedisReply {}

    /// A whole number.
    record Whole(long value) implements RedisReply {}

    /// Several answers.
    record Items(List<RedisReply> all) implements RedisReply {}

    /// There is none, as for a key that isn't there.
    record Nothing() implements RedisReply {}

    /// The server refuses; the first word is a code.
    record Refusal(String words) implements RedisReply {}

    /// The bytes of it; a number's digits.
    default byte[] bytes() {
        return switch (this) {
            case Bytes some -> some.content();
            case Whole number -> Long.toString(number.value()).getBytes(StandardCharsets.US_ASCII);
            case Items _, Nothing _, Refusal _ -> new byte[0];
        };
    }

    /// The same as text.
    default String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /// The answers in it; none if it is a single one.
    default List<RedisReply> items() {
        return this instanceof Items(List<RedisReply> all) ? all : List.of();
    }
}
