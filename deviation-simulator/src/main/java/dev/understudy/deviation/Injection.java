package dev.understudy.deviation;

import dev.understudy.runtime.LinkSample;

/// One deviation on one arm. [#begin] is called once and not beside [#undo].
public interface Injection {

    /// One line for people: what is asked for, with its amount.
    String requested();

    /// How it is undone, for whoever finds it after a crash.
    String undoing();

    /// Makes the arm deviate, and checks that it does.
    /// @throws dev.understudy.runtime.EnvironmentException if it doesn't; [#undo] is called then too
    void begin();

    /// Ends the deviation. May be called again, also if nothing began; a target that is gone is no failure.
    void undo();

    /// Whether nothing of it is left, read back from the arm.
    boolean isGone();

    /// One line for people: what was measured of it.
    String achieved();

    /// A measurement of its arm, while it acts; called on the data path, so it must be quick.
    default void exchanged(LinkSample sample) {}
}
