package dev.understudy.runtime.tck;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A shadow that is up, for the tests that leave no trace in it. Where starting one takes long, a runtime's test
/// keeps one for all of them; a test that fails takes it down, so that no other meets what it left behind.
/// For one thread.
public final class StandingShadow implements AutoCloseable {
    private final boolean keeps;
    private @Nullable Rig rig;

    private StandingShadow(boolean keeps) {
        this.keeps = keeps;
    }

    /// One that is made anew for each test.
    public static StandingShadow ofEachTest() {
        return new StandingShadow(false);
    }

    /// One that stands until it is closed. All specimens it is shown must be the same.
    public static StandingShadow ofAllTests() {
        return new StandingShadow(true);
    }

    /// Runs `test` on it.
    void look(Specimen specimen, Consumer<Rig> test) {
        Rig standing = rig == null ? Rig.started(specimen) : rig;
        rig = standing;
        boolean untouched = false;
        try {
            test.accept(standing);
            untouched = keeps;
        } finally {
            if (!untouched) {
                close();
            }
        }
    }

    @Override
    public void close() {
        Rig standing = rig;
        rig = null;
        if (standing != null) {
            standing.close();
        }
    }
}
