package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A service that migrates its own PostgreSQL when it starts, on real processes: the rollback takes that back, leaves
/// it, or can't live with it.
@ResourceLock(Tool.A_LIVE_SYSTEM)
final class StartMigrationsIT {
    private static final long LONGEST = 240;

    @TempDir
    Path directory;

    @BeforeEach
    void system() throws IOException {
        Needs.namespaces();
        for (String file : List.of("topology.yaml", "scenario.yaml", "V1__books.sql", "U2__shorter.sql", "java.args")) {
            try (InputStream in =
                    Objects.requireNonNull(StartMigrationsIT.class.getResourceAsStream("/books/" + file))) {
                Files.copy(in, directory.resolve(file));
            }
        }
        // the java in the PATH may be too old for the service, which is compiled like the tests
        Path topology = directory.resolve("topology.yaml");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.writeString(topology, Files.readString(topology).replace("command: [java,", "command: [" + java + ","));
        Path lib = Files.createDirectory(directory.resolve("lib"));
        try (Stream<Path> jars = Files.list(Tool.ROOT.resolve("cli/target/understudy/lib"))) {
            for (Path jar : jars.filter(jar -> jar.getFileName().toString().startsWith("postgresql-"))
                    .toList()) {
                Files.copy(jar, lib.resolve("postgresql.jar"));
            }
        }
        jar(lib.resolve("books.jar"));
        Files.writeString(directory.resolve("day.jsonl"), RecordedDay.of(50, 20, "books", "title"));
    }

    @Test
    void aMigrationThatTheRollbackTakesBackIsAGoAndTheOldVersionIsSeenOnTheNewSchema()
            throws IOException, InterruptedException {
        JsonNode run = rehearse(0);

        JsonNode migration = run.at("/migrations/0");
        assertThat(run.at("/verdict/reversibility/word").asString()).isEqualTo("REVERSIBLE");
        assertThat(texts(migration.path("objects"))).containsExactly("column book.length integer was added");
        assertThat(texts(migration.path("entered")))
                .containsExactly("flyway_schema_history: 2 length checksum 34 success true");
        assertThat(migration.path("takenBack")).isEqualTo(migration.path("objects"));
        assertThat(migration.path("historyStays").size()).isZero();
        assertThat(migration.path("moments").size()).isEqualTo(3);
        assertThat(migration.at("/oldVersion/outcome").asString()).isEqualTo("started");
        assertThat(migration.at("/oldVersion/seen").asString()).isEqualTo("rollback");
        assertThat(latest("junit.xml")).contains("name=\"books 1.0 starts on the schema of books 2.0\"");
        assertThat(latest("report.html")).contains("id=\"migrations\"");
    }

    @Test
    void aSchemaThatStaysAsDeclaredIsAGoWithAWarning() throws IOException, InterruptedException {
        edit("    - {id: schema, sql: {service: db, file: U2__shorter.sql}, needs: [books]}\n", "");
        edit("steady:", "verify:\n  - {data: db, expected: [{column: book.length, why: new in 2.0}]}\nsteady:");

        JsonNode migration = rehearse(0).at("/migrations/0");

        assertThat(texts(migration.path("staysDeclared"))).containsExactly("column book.length integer was added");
        assertThat(migration.at("/oldVersion/outcome").asString()).isEqualTo("started");
        assertThat(latest("hazards.sarif")).contains("schema-stays", "The schema of db stays at books 2.0");
    }

    @Test
    void aMigrationThatTheOldVersionCanNotLiveWithIsOneWay() throws IOException, InterruptedException {
        edit("    - {id: schema, sql: {service: db, file: U2__shorter.sql}, needs: [books]}\n", "");
        edit("version: \"2.0\"", "version: \"3.0\"");
        edit("within: 15s", "within: 4s");

        JsonNode run = rehearse(1);

        assertThat(run.at("/verdict/reversibility/word").asString()).isEqualTo("ONE_WAY");
        JsonNode old = run.at("/migrations/0/oldVersion");
        assertThat(old.path("outcome").asString()).isEqualTo("did not start");
        assertThat(old.path("evidence").asString()).contains("column \"title\" does not exist");
        assertThat(texts(run.at("/migrations/0/stays"))).contains("column book.name text not null was added");
    }

    private JsonNode rehearse(int code) throws IOException, InterruptedException {
        Tool.Ran ran = Tool.run(
                directory,
                LONGEST,
                "rehearse",
                directory.resolve("scenario.yaml").toString(),
                "--out",
                directory.resolve("runs").toString());
        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(code);
        return JsonMapper.shared().readTree(latest("run.json")).path("summary");
    }

    private String latest(String file) throws IOException {
        return Files.readString(directory.resolve("runs/latest").toRealPath().resolve(file));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private void edit(String old, String now) throws IOException {
        Path file = directory.resolve("scenario.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, now));
    }

    /// The service's classes as somebody would ship them.
    private static void jar(Path jar) throws IOException {
        Path classes = Path.of("target/test-classes/dev/understudy/cli");
        try (java.util.zip.ZipOutputStream out = new java.util.zip.ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(classes)) {
            for (Path file : files.filter(each -> each.getFileName().toString().matches("Books(\\$.*)?\\.class"))
                    .toList()) {
                out.putNextEntry(new java.util.zip.ZipEntry("dev/understudy/cli/" + file.getFileName()));
                out.write(Files.readAllBytes(file));
                out.closeEntry();
            }
        }
    }
}
