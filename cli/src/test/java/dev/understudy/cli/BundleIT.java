package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A bundle taken of a live system of real processes with PostgreSQL and a mirror, and rehearsed elsewhere when
/// live is gone.
@ResourceLock(Tool.A_LIVE_SYSTEM)
final class BundleIT {
    private static final String SECRET = "hunter2";
    private static final int MIRROR = 18490;
    private static final String PEOPLE = """
            CREATE TABLE people (id int PRIMARY KEY, email text NOT NULL UNIQUE);
            INSERT INTO people SELECT i, 'person-' || i || '@original.example' FROM generate_series(1, 50) i;
            """;

    @TempDir
    Path directory;

    private volatile boolean closed;

    @BeforeEach
    void needsPerlAndNamespaces() {
        Needs.perl();
        Needs.namespaces();
    }

    /// The notes with a database, a mirror, masks and secrets.
    private Path checkout() throws IOException {
        Path notes = NotesLive.files(Files.createDirectories(directory.resolve("checkout")), 5);
        Files.writeString(notes.resolve("people.sql"), PEOPLE);
        edit(
                notes.resolve("topology.yaml"),
                "entry: front\nservices:\n",
                "entry: front\nmirror: {service: front, at: 127.0.0.1:18490, feed: 127.0.0.1:18491}\nservices:\n"
                        + "  db: {kind: postgres, at: 127.0.0.1:18492, database: notes, user: notes, init: [people.sql]}\n");
        edit(notes.resolve("topology.yaml"), "environment: {", "environment: {WORD: " + SECRET + ", ");
        edit(
                notes.resolve("scenario.yaml"),
                "  data: {store: snapshot}\n",
                "  data: {store: snapshot, db: snapshot}\n  mask:\n    - {data: db, column: people.email}\n");
        // a busy machine holds everything up for a second or two
        edit(notes.resolve("scenario.yaml"), "{exchanges: 30, writes: 5}", "{exchanges: 10, writes: 2}");
        edit(notes.resolve("scenario.yaml"), "max: 20%, for: 1s", "max: 20%, for: 3s");
        edit(notes.resolve("scenario.yaml"), "{capture: day.jsonl}", "{mirror: front}\n  redact: [\"query:mail\"]");
        return notes;
    }

    @Test
    void whatIsTakenOfLiveIsRehearsedWithoutItToTheSameVerdict() throws Exception {
        Path notes = checkout();
        Path bundle = directory.resolve("bundle");
        Thread users = Thread.ofPlatform().daemon().name("users").start(this::users);

        Tool.Ran onLive = rehearse(notes.resolve("scenario.yaml"));
        Tool.Ran taken = capture(notes, bundle, "45s");
        closed = true;
        users.join();

        assertThat(onLive.code()).as(onLive.out() + onLive.err()).isZero();
        assertThat(taken.code()).as(taken.out() + taken.err()).isZero();
        assertThat(taken.out()).contains("2 stores", "good until");
        holdsNothingThatIsHidden(bundle);
        assertThat(isFree(MIRROR)).as("live is gone").isTrue();

        Path ci = Files.createDirectories(directory.resolve("elsewhere/checkout"));
        for (String file : List.of("store.pl", "front.pl", "topology.yaml", "people.sql", "scenario.yaml")) {
            Files.copy(notes.resolve(file), ci.resolve(file));
        }
        Path moved = directory.resolve("elsewhere/bundle");
        Files.move(bundle, moved);
        dev.understudy.store.FileTree.delete(notes);
        Path scenario = ci.resolve("scenario.yaml");
        edit(scenario, "live: {topology: topology.yaml, start: true}", "live: {bundle: ../bundle}");
        Tool.Ran fromBundle = rehearse(scenario);

        assertThat(fromBundle.code()).as(fromBundle.out() + fromBundle.err()).isZero();
        assertThat(verdict(fromBundle)).isEqualTo(verdict(onLive)).isEqualTo("GO");
        Path run = directory.resolve("runs/latest").toRealPath();
        byte[] report = Files.readAllBytes(run.resolve("report.html"));
        Tool.Ran again = Tool.run(directory, 60, "report", run.toString());
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Files.readAllBytes(run.resolve("report.html"))).isEqualTo(report);
        assertThat(Tool.run(directory, 60, "clean").out()).isEqualTo("nothing is left\n");
        isToldWhatIsWrong(scenario, moved);
    }

    private void isToldWhatIsWrong(Path scenario, Path bundle) throws Exception {
        Path yaml = bundle.resolve("bundle.yaml");
        Path packed = bundle.resolve("data/db.tar.gz");
        byte[] whole = Files.readAllBytes(packed);
        byte[] changed = whole.clone();
        changed[changed.length / 2] ^= 1;
        Files.write(packed, changed);
        refused(scenario, "data/db.tar.gz' of the bundle was changed");
        Files.delete(packed);
        refused(scenario, "data/db.tar.gz' of the bundle is missing");
        Files.write(packed, whole);

        String text = Files.readString(yaml);
        Files.writeString(yaml, text.replaceFirst("expires: \"[^\"]*\"", "expires: \"" + Instant.EPOCH + "\""));
        refused(scenario, "expired at 1970-01-01T00:00:00Z; take another with 'understudy capture'");
        Files.writeString(yaml, text);

        Path program = scenario.resolveSibling("front.pl");
        String source = Files.readString(program);
        Files.writeString(program, source + "# changed\n");
        refused(scenario, "front.pl', which 'front' runs in live, is not what it was when the bundle was taken");
        Files.delete(program);
        refused(scenario, "front.pl', which 'front' runs in live, is missing here");
        Files.writeString(program, source);

        changed(scenario, "query:mail", "query:name", "taken with another 'redact' or 'by'");
        changed(scenario, "people.email}", "people.email, to: nothing}", "taken with another 'mask'");
        Path topology = scenario.resolveSibling("topology.yaml");
        changed(topology, scenario, "WORD: " + SECRET, "WORD: hunter3", "'environment' of 'front' is not what it was");
        assertThat(Tool.run(directory, 60, "validate", scenario.toString()).code())
                .as("all is well again")
                .isZero();
        assertThat(Tool.run(directory, 60, "plan", scenario.toString()).out())
                .contains("stands in for it, taken", "db: the bundle's", "masked     db column people.email: hash");
    }

    private void changed(Path scenario, String right, String wrong, String problem) throws Exception {
        changed(scenario, scenario, right, wrong, problem);
    }

    private void changed(Path file, Path scenario, String right, String wrong, String problem) throws Exception {
        edit(file, right, wrong);
        refused(scenario, problem);
        edit(file, wrong, right);
    }

    /// By `validate` and by `rehearse`, before anything is started.
    private void refused(Path scenario, String problem) throws Exception {
        Tool.Ran told = Tool.run(directory, 60, "validate", scenario.toString());
        assertThat(told.code()).as(told.out()).isEqualTo(2);
        assertThat(told.out()).containsPattern("\\.yaml:\\d+:\\d+: error: ").contains(problem);
        if (problem.contains("expired")) {
            Tool.Ran run = rehearse(scenario);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains(problem);
        }
    }

    @Test
    void anInterruptedCaptureLeavesAllAsItWas() throws Exception {
        Path notes = checkout();
        Path bundle = directory.resolve("bundles/notes");
        Path data = directory.resolve("disk/notes");
        Files.writeString(Files.createDirectories(bundle).resolve("bundle.yaml"), "the old one");
        Files.writeString(Files.createDirectories(data).resolve("db.tar.gz"), "the old data");
        Thread users = Thread.ofPlatform().daemon().name("users").start(this::users);
        Path err = directory.resolve("err");
        ProcessBuilder tool = Tool.command(
                directory,
                "capture",
                notes.resolve("scenario.yaml").toString(),
                "--to",
                bundle.toString(),
                "--data",
                data.getParent().toString(),
                "--force");
        // what a shell runs in the background ignores Ctrl-C, and so does all that it starts, these tests included
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(tool.command());
        Process capture = tool.command(command)
                .redirectError(err.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!Tool.read(err).contains("sample") && capture.isAlive() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000);
        }

        new ProcessBuilder("kill", "-INT", Long.toString(capture.pid())).start().waitFor();

        assertThat(capture.waitFor(60, TimeUnit.SECONDS)).isTrue();
        closed = true;
        users.join();
        assertThat(capture.exitValue()).as(Tool.read(err)).isEqualTo(130);
        assertThat(bundle.resolve("bundle.yaml")).hasContent("the old one");
        assertThat(data.resolve("db.tar.gz")).hasContent("the old data");
        assertThat(bundle.getParent()).isDirectoryNotContaining("glob:**understudy");
        assertThat(data.getParent()).isDirectoryNotContaining("glob:**understudy");
        assertThat(Tool.run(directory, 60, "clean").out()).isEqualTo("nothing is left\n");

        isRefused(capture(notes, bundle, "5s"), "there is a bundle already; --force replaces it");
        Files.writeString(data.resolve("precious.txt"), "");
        String elsewhere = data.getParent().toString();
        isRefused(
                capture(notes, bundle, "5s", "--force", "--data", elsewhere), "holds something else than packed data");
        Files.delete(bundle.resolve("bundle.yaml"));
        isRefused(capture(notes, bundle, "5s", "--force"), "exists, and is no bundle");
    }

    private static void isRefused(Tool.Ran ran, String why) {
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(why);
    }

    private Tool.Ran rehearse(Path scenario) throws Exception {
        return Tool.run(
                directory,
                240,
                "rehearse",
                scenario.toString(),
                "--no-optimize",
                "--out",
                directory.resolve("runs").toString());
    }

    private Tool.Ran capture(Path notes, Path bundle, String length, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "capture", notes.resolve("scenario.yaml").toString(), "--to", bundle.toString(), "--for", length));
        words.addAll(List.of(more));
        return Tool.run(directory, 240, words.toArray(String[]::new));
    }

    private static String verdict(Tool.Ran ran) {
        return ran.out().lines().toList().getLast().split(" ")[0];
    }

    /// Neither a secret of the topology, nor a redacted value, nor a masked one, also inside the packed data.
    private void holdsNothingThatIsHidden(Path bundle) throws IOException {
        Path unpacked = directory.resolve("unpacked");
        dev.understudy.store.PackedTree.unpack(bundle.resolve("data/db.tar.gz"), unpacked);
        for (Path root : List.of(bundle, unpacked)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET))
                            .as(file.toString())
                            .isFalse();
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                                    .contains("@original.example"))
                            .as(file.toString())
                            .isFalse();
                }
            }
        }
        assertThat(bundle.resolve("traffic/sample.jsonl")).content().contains("mail=REDACTED-");
    }

    /// 20 requests a second at live's mirror: each user writes a note and reads it back.
    /// Three at a time, so that there is traffic also while one of them waits.
    private void users() {
        List<Thread> others = java.util.stream.IntStream.of(1, 2)
                .mapToObj(group -> Thread.ofPlatform().daemon().start(() -> users(group * 1_000_000)))
                .toList();
        users(0);
        others.forEach(Thread::interrupt);
    }

    private void users(int first) {
        for (int i = first; !closed; i++) {
            int user = i / 4;
            boolean write = i % 4 == 0;
            ask(
                    write ? "/notes" : "/notes/note-" + user,
                    user,
                    write ? "{\"key\": \"note-" + user + "\", \"text\": \"text of " + i + "\"}" : "");
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static void ask(String path, int user, String body) {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + MIRROR + path
                            + (body.isEmpty() ? "" : "?mail=person-7@original.example"))
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            connection.setRequestProperty("Cookie", "user=u" + user);
            if (!body.isEmpty()) {
                connection.setRequestMethod("POST");
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            try (InputStream in = connection.getInputStream()) {
                in.readAllBytes();
            }
        } catch (IOException notYetOrNoMore) {
            // live is started by the tool, and gone between two commands
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static void edit(Path file, String old, String now) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, now));
    }
}
