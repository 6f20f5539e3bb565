package dev.understudy.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.runtime.tck.Rewritten;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ShadowSpec;
import dev.understudy.scenario.ShadowSpec.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Arms whose data is not copied from live but restored: a directory from a directory, a database from SQL.
final class RestoredDataIT {
    @TempDir
    Path directory;

    @Test
    void bothKindsOfStoreHoldWhatTheyWereRestoredFromAlsoAfterAReset() throws IOException {
        assumeTrue(Namespaces.unavailable().isEmpty(), () -> "no namespaces here: " + Namespaces.unavailable());
        Files.createDirectories(directory.resolve("golden/front/below"));
        Files.writeString(directory.resolve("golden/front/two.txt"), "restored");
        Files.writeString(directory.resolve("golden/front/below/three.txt"), "deep");
        Files.writeString(directory.resolve("golden/db.sql"), """
                CREATE TABLE note (id serial PRIMARY KEY, text text);
                INSERT INTO note (text) VALUES ('it''s; restored');
                """);
        Scenario scenario = restoring(
                NotesScenario.in(directory, true),
                Map.of(
                        "front", new DataSource.Restore("golden/front"),
                        "db", new DataSource.Restore("golden/db.sql")));
        RealTimeline timeline = new RealTimeline();

        try (ProcessRuntime runtime = NotesScenario.runtime(directory, timeline);
                Live live = runtime.discover(scenario.topology(), true, EffectLog.NONE);
                Shadow shadow =
                        runtime.clone(new ShadowRequest("restored", live, scenario, timeline, EffectLog.NONE))) {
            shadow.start();
            for (ArmName name : ArmName.values()) {
                holdsTheRestoredData(shadow.arm(name));
            }
            Arm candidate = shadow.arm(ArmName.CANDIDATE);
            assertThat(candidate
                            .sql("db", "DELETE FROM note", Duration.ofSeconds(10))
                            .succeeded())
                    .isTrue();
            shadow.reset();
            shadow.start();
            holdsTheRestoredData(candidate);
        }
        assertThat(directory.resolve("golden/front/two.txt")).hasContent("restored");
    }

    private static void holdsTheRestoredData(Arm arm) {
        assertThat(arm.data("front").tables().getFirst().rows())
                .extracting(Object::toString)
                .anySatisfy(row -> assertThat(row).contains("two.txt"))
                .anySatisfy(row -> assertThat(row).contains("below/three.txt"))
                .noneSatisfy(row -> assertThat(row).contains("one.txt"));
        assertThat(arm.data("db").tables().getFirst().rows())
                .extracting(Object::toString)
                .containsExactly("[1, it's; restored]");
    }

    private static Scenario restoring(Scenario of, Map<String, DataSource> data) {
        return Rewritten.of(of)
                .shadow(new ShadowSpec(
                        Optional.empty(), data, Map.of(), of.shadow().isolation()))
                .scenario();
    }
}
