package dev.understudy.runtime;

/// The write-ahead record of effects: an intent is on disk before its effect happens. Thread-safe.
public interface EffectLog {

    /// Says that `what` is about to happen and how it is undone; returns when that is on disk.
    Effect intend(String what, String undo);

    /// An effect that was announced.
    interface Effect {
        /// It was undone, and reading back said so (`verified`).
        void undone(boolean verified);
    }

    /// Remembers nothing: for reading and tests of single parts.
    EffectLog NONE = (what, undo) -> verified -> {};
}
