package dev.understudy.runtime.tck;

import java.time.Duration;
import java.util.function.Consumer;

/// The one test that every runtime passes. A runtime's own test implements it and says what it is tried on.
/// A test that changes something makes a shadow of its own and takes it down; one that leaves no trace looks at a
/// standing one. Nothing here knows what kind of place it is, and times are only compared with each other.
public interface RuntimeContract extends ShadowContract, ArmContract, LinkContract {
    /// How long a hanging program is given.
    Duration SHORT = Duration.ofMillis(400);

    /// Runs `test` on a thread of the specimen's timeline and closes afterwards what was opened for it.
    @Override
    void within(Consumer<Specimen> test);

    /// Where tests that leave no trace find a shadow that is up; unless said otherwise each has its own.
    default StandingShadow standing() {
        return StandingShadow.ofEachTest();
    }

    @Override
    default void looking(Consumer<Rig> test) {
        within(specimen -> standing().look(specimen, test));
    }
}
