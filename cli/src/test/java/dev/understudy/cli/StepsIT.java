package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.journal.Event;
import dev.understudy.journal.ExchangeRecord;
import dev.understudy.journal.Journal;
import dev.understudy.journal.JournalReader;
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

/// Everything that steps and deviations can do, on real processes: what the journal says they did.
@ResourceLock(Tool.A_LIVE_SYSTEM)
final class StepsIT {
    @TempDir
    Path directory;

    private Journal journal;

    @BeforeEach
    void needsPerlAndNamespaces() {
        Needs.perl();
        Needs.namespaces();
    }

    @Test
    void stepsFailWaitShareAndTakeTimeWhileAServiceIsReplacedStartFirstWithoutDowntime()
            throws IOException, InterruptedException {
        Tool.Ran ran = rehearse("start-first.yaml");

        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(outcomes("flaky")).containsExactly("failed", "failed", "done");
        List<Long> tries = began("flaky");
        List<Long> failures = ended("flaky");
        assertThat(tries.get(1) - failures.get(0)).isGreaterThanOrEqualTo(300_000_000L);
        assertThat(tries.get(2) - failures.get(1)).isGreaterThanOrEqualTo(600_000_000L);

        assertThat(ended("call").getFirst() - began("call").getFirst()).isGreaterThanOrEqualTo(1_500_000_000L);
        List<String> waited = outcomes("waits");
        assertThat(waited).hasSizeGreaterThan(2).endsWith("done");
        assertThat(waited.subList(0, waited.size() - 1)).containsOnly("skipped");
        assertThat(began("waits").getLast()).isGreaterThan(began("leave").getFirst());

        assertThat(atOnce(List.of("one", "two", "three", "four"))).isEqualTo(2);

        assertThat(output("front"))
                .containsPattern("instance 0: healthy at 127.0.0.1:\\d+ while the old one still ran")
                .containsPattern("instance 1: healthy at 127.0.0.1:\\d+ while the old one still ran")
                .containsPattern("instance 2: healthy at 127.0.0.1:\\d+ while the old one still ran");
        assertThat(during("front")).hasSizeGreaterThan(10).noneMatch(StepsIT::hasFailed);

        for (String arm : List.of("control", "candidate")) {
            assertThat(achieved("busy", arm)).matches("[1-9]\\d* of \\d+ exchanges ended with 503");
            assertThat(achieved("slow", arm)).matches("[1-9]\\d* held, \\d+\\.\\d ms on average");
            assertThat(achieved("frozen", arm)).isEqualTo("instances that stood still: 1");
        }
        assertThat(journal.events(Event.DeviationEnded.class)).hasSize(6).allMatch(Event.DeviationEnded::verified);
    }

    @Test
    void aServiceStoppedFirstIsMissedAndDataPutBackIsBackButForWhatWasWrittenSince()
            throws IOException, InterruptedException {
        Tool.Ran ran = rehearse("stop-first.yaml");

        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(1);
        assertThat(List.of("harm", "gone", "data", "back", "front"))
                .allSatisfy(step -> assertThat(outcomes(step)).containsExactly("done"));
        assertThat(journal.events(Event.Shipped.class)
                        .filter(shipped -> shipped.service().equals("front")))
                .hasSize(2)
                .allMatch(Event.Shipped::healthy);
        assertThat(during("front")).anyMatch(StepsIT::hasFailed);
        assertThat(journal.events(Event.LedgerRead.class))
                .allSatisfy(read -> assertThat(read.lost()).isPositive());
        assertThat(journal.events(Event.DataCompared.class)).singleElement().satisfies(compared -> {
            assertThat(compared.service()).isEqualTo("store");
            assertThat(compared.lost()).isPositive();
            assertThat(compared.unattributed()).isZero();
        });
        assertThat(ran.out()).contains("lost");
    }

    private Tool.Ran rehearse(String scenario) throws IOException, InterruptedException {
        Path steps = NotesLive.files(Files.createDirectory(directory.resolve("steps")), 60);
        for (String file : List.of("topology.yaml", scenario)) {
            try (InputStream in = Objects.requireNonNull(StepsIT.class.getResourceAsStream("/steps/" + file))) {
                Files.write(steps.resolve(file), in.readAllBytes());
            }
        }
        Tool.Ran ran = Tool.run(
                directory,
                240,
                "rehearse",
                steps.resolve(scenario).toString(),
                "--out",
                directory.resolve("runs").toString());
        assertThat(directory.resolve("runs/latest")).as(ran.out() + ran.err()).exists();
        journal = JournalReader.read(directory.resolve("runs/latest").toRealPath());
        assertThat(Tool.run(directory, 60, "clean").out()).isEqualTo("nothing is left\n");
        return ran;
    }

    private static boolean hasFailed(ExchangeRecord exchange) {
        return exchange.status() == 0 || exchange.status() >= 500;
    }

    /// What users asked the candidate while a step was at work.
    private List<ExchangeRecord> during(String step) {
        long from = began(step).getFirst();
        long until = ended(step).getLast();
        return journal.exchanges().stream()
                .filter(exchange -> !exchange.control() && exchange.sent() >= from && exchange.sent() <= until)
                .toList();
    }

    /// How many of these steps were at work at the same time.
    private long atOnce(List<String> steps) {
        return steps.stream()
                .map(step -> began(step).getFirst())
                .mapToLong(at -> steps.stream()
                        .filter(other ->
                                began(other).getFirst() <= at && ended(other).getFirst() > at)
                        .count())
                .max()
                .orElse(0);
    }

    private String achieved(String deviation, String arm) {
        return journal.events(Event.DeviationEnded.class)
                .filter(ended -> ended.id().equals(deviation) && ended.arm().equals(arm))
                .map(Event.DeviationEnded::achieved)
                .findFirst()
                .orElse("did not end");
    }

    private Stream<Journal.Timed<Event.StepEnded>> attempts(String step) {
        return journal.timed(Event.StepEnded.class)
                .filter(ended -> ended.event().step().equals(step));
    }

    private List<String> outcomes(String step) {
        return attempts(step).map(ended -> ended.event().outcome()).toList();
    }

    private String output(String step) {
        return attempts(step).toList().getLast().event().output();
    }

    private List<Long> ended(String step) {
        return attempts(step).map(Journal.Timed::at).toList();
    }

    private List<Long> began(String step) {
        return journal.timed(Event.StepBegan.class)
                .filter(began -> began.event().step().equals(step))
                .map(Journal.Timed::at)
                .toList();
    }
}
