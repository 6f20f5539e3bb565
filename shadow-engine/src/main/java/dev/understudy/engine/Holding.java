package dev.understudy.engine;

import dev.understudy.journal.Event;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.Timeline;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/// A shadow that is held open for manual work, perhaps for days: what it was sent is forgotten at once, as
/// nothing is ever compared.
final class Holding {
    private static final Duration TIDY = Duration.ofSeconds(5);
    /// Users whose values are remembered: what an arm answered them differently from live.
    private static final int MOST_SESSIONS = 10_000;

    private static final Driver.Audience NOBODY = new Driver.Audience() {
        @Override
        public void began(ArmName arm, Mirrored exchange) {}

        @Override
        public void forgotten(ArmName arm, Mirrored exchange) {}

        @Override
        public void ended(ArmName arm, Mirrored exchange, long ended, Answer answer) {}
    };

    private final RunLog log;
    private final Shadow shadow;
    private final TrafficLog traffic;

    Holding(RunLog log, Shadow shadow, TrafficLog traffic) {
        this.log = log;
        this.shadow = shadow;
        this.traffic = traffic;
    }

    /// Starts the services, tells that they are up, and returns when the timeline is interrupted.
    void stay(Consumer<Shadow> up) {
        Map<ArmName, Arm> arms = new EnumMap<>(ArmName.class);
        for (ArmName name : ArmName.values()) {
            arms.put(name, shadow.arm(name));
        }
        log.stage(0, "start", () -> start(arms));
        Driver driver = new Driver(0, log, traffic, arms, NOBODY);
        driver.start();
        try {
            up.accept(shadow);
            while (true) {
                log.timeline().sleep(TIDY);
                driver.forget(MOST_SESSIONS);
                traffic.forget(driver.position());
            }
        } catch (Timeline.Interruption down) {
            // that is how it ends
        } finally {
            driver.stop();
        }
    }

    private void start(Map<ArmName, Arm> arms) {
        long began = log.now();
        shadow.start();
        arms.keySet().forEach(arm -> log.record(new Event.ArmReady(0, arm.toString(), log.now() - began)));
    }
}
