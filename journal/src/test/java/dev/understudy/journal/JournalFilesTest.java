package dev.understudy.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFilesTest {
    @TempDir
    Path directory;

    @Test
    void aRunIsReadBackAsItWasRecorded() {
        SplittableRandom chance = new SplittableRandom(1);
        List<Event> events = new ArrayList<>(List.of(Samples.FIRST));
        Samples.kinds().forEach(kind -> events.add(Samples.event(kind, chance)));
        events.removeIf(event -> event instanceof Event.FilesSealed);
        List<ExchangeRecord> exchanges =
                IntStream.range(0, 100).mapToObj(_ -> Samples.exchange(chance)).toList();
        Journal.ResourceSecond second = Samples.resource(17);
        MemoryRecorder memory = new MemoryRecorder();

        try (JournalWriter writer = JournalWriter.create(directory)) {
            for (Recorder recorder : List.of(writer, memory)) {
                events.forEach(event -> recorder.record(5, event));
                exchanges.forEach(recorder::record);
                recorder.resource(second);
                recorder.bytes(new Journal.LinkBytes(1, "control", "orders->payments", 17, 300, 4000));
                recorder.link(1, "candidate", "orders->payments", 1_500_000_000L, 2_000_000, false);
                recorder.link(1, "candidate", "orders->payments", 1_600_000_000L, 9_000_000, true);
                recorder.link(1, "candidate", "orders->payments", 8_600_000_000L, 400_000_000, true);
                recorder.link(1, "candidate", "orders->payments", 1_700_000_000L, 2_000_000, false);
            }
        }

        Journal read = JournalReader.read(directory);
        assertThat(read.entries().getLast().event()).isInstanceOf(Event.FilesSealed.class);
        assertThat(read.entries().stream().limit(events.size()).map(Entry::event))
                .isEqualTo(events);
        assertThat(read.exchanges()).isEqualTo(exchanges);
        assertThat(read.resources()).containsExactly(second);
        assertThat(read.bytes())
                .containsExactly(new Journal.LinkBytes(1, "control", "orders->payments", 17, 300, 4000))
                .isEqualTo(memory.journal().bytes());
        assertThat(read.links())
                .containsExactlyInAnyOrderElementsOf(memory.journal().links());
        Journal.LinkSecond first = read.links().stream()
                .filter(link -> link.second() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(first.count()).isEqualTo(3);
        assertThat(first.failures()).isEqualTo(1);
        assertThat(first.p50()).isBetween(1_990_000L, 2_010_000L);
        assertThat(first.max()).isBetween(8_990_000L, 9_010_000L);
    }

    @Test
    void aRunThatWasCutOffAtAnyByteOfItsJournalIsReadUpToThere() throws IOException {
        writeSmallRun();
        byte[] whole = Files.readAllBytes(directory.resolve(RunDirectory.JOURNAL));
        List<Entry> all = JournalReader.read(directory).entries();

        for (int length = 0; length < whole.length; length++) {
            List<Entry> read = JournalReader.entries("journal", Arrays.copyOf(whole, length));

            assertThat(read).isEqualTo(all.subList(0, read.size()));
            assertThat(read.size()).isGreaterThanOrEqualTo(completeLines(whole, length));
        }
    }

    @Test
    void exchangesThatWereCutOffAtAnyByteAreReadUpToThere() throws IOException {
        writeSmallRun();
        byte[] whole = Files.readAllBytes(directory.resolve(RunDirectory.EXCHANGES));
        List<ExchangeRecord> all = JournalReader.read(directory).exchanges();

        int before = 0;
        for (int length = 0; length <= whole.length; length++) {
            List<ExchangeRecord> read = ExchangeFrames.decode("exchanges", Arrays.copyOf(whole, length));

            assertThat(read).isEqualTo(all.subList(0, read.size()));
            assertThat(read.size()).isBetween(before, before + 1);
            before = read.size();
        }
        assertThat(before).isEqualTo(all.size());
        assertThat(ExchangeFrames.decode("exchanges", Arrays.copyOf(whole, whole.length + 100)))
                .isEqualTo(all);
    }

    @Test
    void samplesThatWereCutOffAtAnyByteAreReadUpToThere() throws IOException {
        writeSmallRun();
        byte[] whole = Files.readAllBytes(directory.resolve(RunDirectory.SAMPLES));
        SampleLog.Samples all = SampleLog.decode("samples", whole);

        for (int length = 0; length <= whole.length; length++) {
            SampleLog.Samples read = SampleLog.decode("samples", Arrays.copyOf(whole, length));

            assertThat(read.resources())
                    .isEqualTo(all.resources().subList(0, read.resources().size()));
            assertThat(read.links()).hasSizeLessThanOrEqualTo(all.links().size());
        }
    }

    @Test
    void damageBeforeTheEndIsNamedWithItsPlace() throws IOException {
        writeSmallRun();
        byte[] exchanges = Files.readAllBytes(directory.resolve(RunDirectory.EXCHANGES));
        exchanges[20] ^= 4;
        assertThatThrownBy(() -> ExchangeFrames.decode("exchanges.bin", exchanges))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("exchanges.bin: byte 6");

        byte[] journal = Files.readAllBytes(directory.resolve(RunDirectory.JOURNAL));
        journal[journal.length / 2] = '\n';
        assertThatThrownBy(() -> JournalReader.entries("journal.jsonl", journal))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("journal.jsonl: line ");
    }

    @Test
    void aFileThatWasChangedAfterItWasSealedIsRefused() throws IOException {
        writeSmallRun();
        Path samples = directory.resolve(RunDirectory.SAMPLES);
        Files.writeString(samples, "#[nothing]\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> JournalReader.read(directory))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(samples + " was changed after the run");
    }

    @Test
    void aSealedFileThatIsMissingIsRefused() throws IOException {
        writeSmallRun();
        Files.delete(directory.resolve(RunDirectory.EXCHANGES));

        assertThatThrownBy(() -> JournalReader.read(directory)).hasMessageContaining(RunDirectory.EXCHANGES);
    }

    @Test
    void aRecordThatDoesNotBeginWithItsSchemaIsRefused() throws IOException {
        Files.write(directory.resolve(RunDirectory.JOURNAL), EventCodec.encode(new Entry(1, new Event.WatchBegan(1))));

        assertThatThrownBy(() -> JournalReader.read(directory)).hasMessageContaining("begins with RunStarted");
    }

    @Test
    void aDirectoryWithoutARecordSaysSo() {
        assertThatThrownBy(() -> JournalReader.read(directory))
                .hasMessageContaining("holds no record: journal.jsonl is missing");
    }

    @Test
    void whatIsRecordedIsInTheFileBeforeTheNextCallReturnsEvenIfNobodyCloses() throws IOException {
        JournalWriter abandoned = JournalWriter.create(directory);
        abandoned.record(1, Samples.FIRST);
        abandoned.record(Samples.exchange(new SplittableRandom(3)));
        abandoned.link(1, "control", "users->gateway", 500_000_000L, 1_000_000, false);
        abandoned.link(1, "control", "users->gateway", 9_500_000_000L, 1_000_000, false);

        abandoned.record(2, new Event.Intended(1, "start orders", "kill it"));

        Journal read = JournalReader.read(directory);
        assertThat(read.entries()).hasSize(2);
        assertThat(read.exchanges()).hasSize(1);
        assertThat(read.links()).hasSize(1);
        abandoned.close();
    }

    @Test
    void anInterruptedThreadCanStillRecord() {
        try (JournalWriter writer = JournalWriter.create(directory)) {
            Thread.currentThread().interrupt();
            writer.record(1, Samples.FIRST);
            writer.record(2, new Event.Intended(1, "start orders", "kill it"));
        } finally {
            Thread.interrupted();
        }
        assertThat(JournalReader.read(directory).entries()).hasSize(3);
    }

    @Test
    void manyThreadsRecordAtOnceAndNothingIsLostOrMixed() {
        int threads = 8;
        int each = 200;
        try (JournalWriter writer = JournalWriter.create(directory)) {
            writer.record(0, Samples.FIRST);
            List<Thread> running = IntStream.range(0, threads)
                    .mapToObj(thread -> Thread.ofPlatform().start(() -> recordALot(writer, thread, each)))
                    .toList();
            running.forEach(JournalFilesTest::join);
        }

        Journal read = JournalReader.read(directory);
        assertThat(read.events(Event.StageBegan.class)).hasSize(threads * each);
        assertThat(read.events(Event.StageBegan.class).distinct()).hasSize(threads * each);
        assertThat(read.exchanges()).hasSize(threads * each);
        assertThat(read.links().stream().mapToLong(Journal.LinkSecond::count).sum())
                .isEqualTo((long) threads * each * 10);
        assertThat(read.links().stream().mapToLong(Journal.LinkSecond::failures).sum())
                .isEqualTo((long) threads * each);
    }

    @Test
    void aRunThatFlapsKeepsItsDecisiveEventsAndSaysOnceWhatIsMissing() {
        try (JournalWriter writer = JournalWriter.create(directory)) {
            writer.record(0, Samples.FIRST);
            for (int i = 0; i < 3 * EventLines.LIMIT; i++) {
                writer.record(i, new Event.RuleHeals(1, "candidate", "slow"));
            }
            writer.record(9, new Event.Recovery(1, true, 8, ""));
            writer.record(10, new Event.RunEnded("GO"));
        }

        Journal read = JournalReader.read(directory);
        assertThat(read.entries()).hasSizeLessThan((int) EventLines.LIMIT);
        assertThat(read.events(Event.RecordShortened.class)).hasSize(1);
        assertThat(read.events(Event.Recovery.class)).hasSize(1);
        assertThat(read.events(Event.RunEnded.class)).hasSize(1);
    }

    @Test
    void whatIsLeftOutNamesRealEvents() {
        assertThat(Samples.kinds().stream().map(Class::getSimpleName)).containsAll(EventLines.LEFT_OUT);
    }

    @Test
    void aDirectoryIsNeverRecordedIntoTwice() {
        writeSmallRun();

        assertThatThrownBy(() -> JournalWriter.create(directory))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("journal.jsonl");
    }

    private void writeSmallRun() {
        SplittableRandom chance = new SplittableRandom(2);
        try (JournalWriter writer = JournalWriter.create(directory)) {
            writer.record(1, Samples.FIRST);
            for (int i = 0; i < 5; i++) {
                writer.record(2 + i, new Event.StageBegan(1, "stage ü " + i));
                writer.record(Samples.exchange(chance));
                writer.resource(Samples.resource(i));
                writer.link(1, "control", "a->b", i * 1_000_000_000L, 1_000_000L * i, i == 2);
            }
            writer.record(9, new Event.RunEnded("GO"));
        }
    }

    private static void recordALot(JournalWriter writer, int thread, int count) {
        SplittableRandom chance = new SplittableRandom(thread);
        for (int i = 0; i < count; i++) {
            writer.record(i, new Event.StageBegan(thread, "stage " + i));
            writer.record(Samples.exchange(chance));
            for (int k = 0; k < 10; k++) {
                writer.link(1, "control", "a->b", (i + chance.nextInt(3)) * 100_000_000L, 1_000_000, k == 0);
            }
        }
    }

    private static int completeLines(byte[] bytes, int length) {
        return (int) new String(bytes, 0, length, UTF_8)
                .chars()
                .filter(c -> c == '\n')
                .count();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
