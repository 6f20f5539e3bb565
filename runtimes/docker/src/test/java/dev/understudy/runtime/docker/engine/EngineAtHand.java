package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;

/// The engine that tests use, and a run of its own in it: what a test leaves there is removed when this is
/// closed, and told. Where no engine answers the tests are skipped with the reason.
public final class EngineAtHand implements AutoCloseable {
    private static final AtomicLong OPENED = new AtomicLong();

    private final EngineAddress address;
    private final EngineReading reading;
    private final EngineWork work;

    private EngineAtHand(EngineAddress address, EngineReading reading, EngineWork work) {
        this.address = address;
        this.reading = reading;
        this.work = work;
    }

    /// @param purpose letters that say what it is for
    public static EngineAtHand open(String purpose) {
        try {
            EngineAddress address = EngineAddress.find(System.getenv(), Path.of(System.getProperty("user.home")));
            String run = "test-" + purpose + "-" + ProcessHandle.current().pid() + "-" + OPENED.incrementAndGet();
            return new EngineAtHand(address, EngineReading.open(address), EngineWork.open(address, run));
        } catch (EnvironmentException e) {
            Assumptions.abort("no engine at hand: " + e.getMessage());
            throw e;
        }
    }

    public EngineAddress address() {
        return address;
    }

    public EngineReading reading() {
        return reading;
    }

    public EngineWork work() {
        return work;
    }

    /// A name that nothing else in the engine has.
    public String name(String what) {
        return (work.run() + "-" + what).toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        List<String> left = work.sweep();
        work.close();
        reading.close();
        if (!left.isEmpty()) {
            throw new AssertionError("left in the engine: " + left);
        }
    }
}
