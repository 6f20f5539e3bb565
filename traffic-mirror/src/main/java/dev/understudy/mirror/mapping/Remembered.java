package dev.understudy.mirror.mapping;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A pure function of a text that remembers what it said, for the first few thousand texts. Thread-safe.
final class Remembered<T> {
    private static final int MOST = 4_096;

    private final Map<String, T> said = new ConcurrentHashMap<>();
    private final Function<String, T> function;

    Remembered(Function<String, T> function) {
        this.function = function;
    }

    T of(String text) {
        T known = said.get(text);
        if (known != null) {
            return known;
        }
        T fresh = function.apply(text);
        if (said.size() < MOST) {
            said.put(text, fresh);
        }
        return fresh;
    }
}
