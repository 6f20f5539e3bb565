package dev.understudy.store.postgres;

import dev.understudy.runtime.RealTimeline;
import dev.understudy.store.FileTree;
import dev.understudy.store.GoldenCopy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Real servers for tests: the programs are unpacked once a build.
final class TestServers {
    static final PostgresPrograms EMBEDDED = PostgresPrograms.embedded(
                    Path.of("target/postgres").toAbsolutePath())
            .orElseThrow();

    private static final Map<PostgresPrograms, GoldenCopy> TEMPLATES = new ConcurrentHashMap<>();

    private TestServers() {}

    static PostgresData data(PostgresPrograms programs, Path directory) {
        return new PostgresData(PostgresServer.of(programs), directory, new RealTimeline());
    }

    /// A new data directory with database and owner `shop`, run for as long as the test wants.
    static PostgresRun live(PostgresPrograms programs, Path directory, String... scripts) {
        TEMPLATES.computeIfAbsent(programs, TestServers::template).restore(directory);
        PostgresRun run = run(programs, directory, PostgresServer.Care.LIVE);
        for (String script : scripts) {
            SqlOutcome outcome = new SqlScript(script).run(shop(run), Duration.ofSeconds(60));
            if (!outcome.succeeded()) {
                run.close();
                throw new IllegalStateException(outcome.output());
            }
        }
        return run;
    }

    /// Made once a test run: `initdb` is the slow part.
    private static GoldenCopy template(PostgresPrograms programs) {
        Path directory = Path.of("target/template-" + programs.major()).toAbsolutePath();
        FileTree.delete(directory);
        data(programs, directory)
                .initialise(
                        new PostgresData.Content("shop", "shop", Optional.empty(), List.of()),
                        PostgresServer.Care.LIVE);
        return new GoldenCopy(directory);
    }

    static PostgresRun run(PostgresPrograms programs, Path directory, PostgresServer.Care care) {
        return PostgresRun.start(PostgresServer.of(programs), directory, care, new RealTimeline(), Optional.empty());
    }

    static Login shop(PostgresRun run) {
        return run.login("shop", "shop", Optional.empty());
    }
}
