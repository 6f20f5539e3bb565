package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The notes system with a metrics page and a database: scraped, asked by SQL, HTTP and a program of the arm, and
/// watched by alert rules of its team.
@ResourceLock(Tool.A_LIVE_SYSTEM)
final class MonitoredTopologyIT {
    /// A program that only an arm can run with success: it reads the entry through the arm's own endpoint.
    private static final String PROBE = """
            use IO::Socket::INET; my $s = IO::Socket::INET->new($ENV{FRONT}) or exit 1; \
            print $s "GET /notes/seed-1 HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n"; \
            my $all = join "", <$s>; exit($all =~ /there from the start/ ? 0 : 1);""";

    private static final String STABILITY = """
            stability:
              rules:
                - {id: errors, metric: error-rate, service: front, max: 1.5 x control + 20%, for: 1s}
                - {id: notes, from: scrape, service: store, series: 'notes_stored{kind="file"}', max: 100000, for: 2s}
                - {id: served, from: promql, expr: 'sum(rate(understudy_requests_total{to="front"}[5s]))', min: 0.1, for: 2s}
                - {id: tags, from: sql, service: db, query: select count(*) from tag, max: 2, samples: 2 of 3}
                - {id: ready, from: http, get: store/health, max: 50%, for: 2s}
                - {id: stored, from: http, get: store/stats, value: "json:/stored", min: 1, for: 2s}
                - {id: reach, from: command, command: [perl, -e, 'PROBE'], environment: {FRONT: "${front.address}"}, metric: failures, max: 50%, for: 2s}
                - {id: memory, metric: memory, service: store, max: 1GiB, for: 2s, noData: breach}
              scrape: [{service: store}]
              alerts: {files: rules.yaml, every: 500ms}
            """;

    private static final String RULES = """
            groups:
              - name: notes
                rules:
                  - alert: NewStore
                    expr: notes_build{job="store", version="2.0"} == 1
                    for: 1s
                    labels: {severity: page}
                  - alert: StoreDown
                    expr: up{job="store"} == 0
                    for: 10m
                  - alert: Watchdog
                    expr: vector(1)
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void needsPerlAndNamespaces() {
        Needs.perl();
        Needs.namespaces();
    }

    @Test
    void everySourceIsAskedInBothArmsAndTheTeamsAlertsAreToldWithTheirTimes() throws IOException, InterruptedException {
        Path notes = monitored(NotesLive.files(Files.createDirectory(directory.resolve("notes")), 60));

        Tool.Ran ran = Tool.run(
                directory,
                240,
                "rehearse",
                notes.resolve("scenario.yaml").toString(),
                "--out",
                directory.resolve("runs").toString());

        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(3);
        assertThat(ran.out()).contains("NewStore");
        Path run = directory.resolve("runs/latest").toRealPath();
        JsonNode summary = JsonMapper.shared()
                .readTree(Files.readString(run.resolve("run.json")))
                .path("summary");
        summary.path("rules").forEach(rule -> {
            assertThat(rule.path("worstCandidate").isNumber())
                    .as(rule.toString())
                    .isTrue();
            assertThat(rule.path("worstControl").isNumber()).as(rule.toString()).isTrue();
            assertThat(rule.path("brokeAt").isNull()).as(rule.toString()).isTrue();
        });
        assertThat(summary.path("rules")).hasSize(8);
        assertThat(summary.at("/alerts/evaluated").booleanValue()).isTrue();
        List<JsonNode> fired = summary.at("/alerts/alerts")
                .valueStream()
                .filter(alert -> alert.path("firingAt").isNumber())
                .toList();
        assertThat(fired)
                .filteredOn(alert -> alert.path("alert").stringValue().equals("NewStore"))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.path("arm").stringValue()).isEqualTo("candidate");
                    assertThat(alert.path("alone").booleanValue()).isTrue();
                    assertThat(alert.at("/labels/instance").stringValue()).isEqualTo("127.0.0.1:18461");
                });
        assertThat(fired)
                .filteredOn(alert -> alert.path("alert").stringValue().equals("Watchdog"))
                .hasSize(2);
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("Your alerts")
                .contains("NewStore");
        byte[] report = Files.readAllBytes(run.resolve("report.html"));
        assertThat(Tool.run(directory, 60, "report", run.toString()).code()).isEqualTo(3);
        assertThat(Files.readAllBytes(run.resolve("report.html"))).isEqualTo(report);
        assertThat(Tool.run(directory, 60, "clean").out()).isEqualTo("nothing is left\n");
    }

    /// The notes system, with a metrics page, statistics and a database.
    private static Path monitored(Path notes) throws IOException {
        edit(notes.resolve("store.pl"), "  elsif ($method eq 'POST'", """
                  elsif ($path eq '/metrics') { my @all = glob("$ENV{DATA_DIR}/*.txt"); my $n = @all;
                    ($status, $answer) = ('200 OK', "# TYPE notes_stored gauge\\nnotes_stored{kind=\\"file\\"} $n\\nnotes_build{version=\\"$version\\"} 1\\n"); }
                  elsif ($path eq '/stats') { my @all = glob("$ENV{DATA_DIR}/*.txt"); my $n = @all; ($status, $answer) = ('200 OK', "{\\"stored\\": $n}"); }
                  elsif ($method eq 'POST'""");
        edit(
                notes.resolve("topology.yaml"),
                "services:\n",
                "services:\n  db: {kind: postgres, at: 127.0.0.1:18462, database: notes, user: notes, init: [init.sql]}\n");
        Files.writeString(
                notes.resolve("init.sql"), "create table tag (id int primary key); insert into tag values (1);");
        edit(notes.resolve("scenario.yaml"), "data: {store: snapshot}", "data: {store: snapshot, db: snapshot}");
        edit(notes.resolve("scenario.yaml"), "expect: GO", "expect: INCONCLUSIVE");
        edit(
                notes.resolve("scenario.yaml"),
                "stability:\n  - {id: errors, metric: error-rate, service: front, max: 20%, for: 1s}\n",
                STABILITY.replace("PROBE", PROBE.strip()));
        Files.writeString(notes.resolve("rules.yaml"), RULES);
        return notes;
    }

    private static void edit(Path file, String old, String now) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, now));
    }
}
