package dev.understudy.mirror.message;

/// What to do with each value of a message. Values are decoded: percent signs, JSON escapes and the like are
/// gone.
@FunctionalInterface
public interface ValueMapper {

    /// What shall stand at `spot` instead of `value`; the same string to leave it alone.
    String map(Spot spot, String value);
}
