package dev.understudy.journal;

import dev.understudy.journal.Journal.LinkBytes;
import dev.understudy.journal.Journal.ResourceSecond;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/// Records a run into its directory while it happens. Thread-safe; [#link] is quick enough for the data path.
///
/// Events reach the operating system one by one, so a crash of this process loses none; an [Event.Intended] is
/// on disk when [#record(long, Event)] returns. Exchanges and seconds are buffered until the next event or
/// [#resource], so a crash loses the last second or three. Closing seals the files; errors are
/// [JournalException]s.
public final class JournalWriter implements Recorder, AutoCloseable {
    private final Object lock = new Object();
    private final SealableFile events;
    private final SealableFile exchangeFile;
    private final SealableFile sampleFile;
    private final ExchangeFrames exchanges;
    private final SampleLog samples;
    private final LinkMeter links = new LinkMeter();
    private final EventLines lines = new EventLines();
    private long latest;
    private boolean closed;

    private JournalWriter(Path directory) {
        this.events = SealableFile.create(directory.resolve(RunDirectory.JOURNAL));
        this.exchangeFile = SealableFile.create(directory.resolve(RunDirectory.EXCHANGES));
        this.sampleFile = SealableFile.create(directory.resolve(RunDirectory.SAMPLES));
        this.exchanges = new ExchangeFrames(exchangeFile);
        this.samples = new SampleLog(sampleFile);
    }

    /// Begins the record of a run in a directory that holds none yet.
    public static JournalWriter create(Path runDirectory) {
        JournalWriter writer = new JournalWriter(runDirectory);
        try (FileChannel names = FileChannel.open(runDirectory, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            throw new JournalException("can't write " + runDirectory + ": " + e.getMessage(), e);
        }
        return writer;
    }

    /// Appends an event. Ignored after [#close], as what a thread that is late still has to say.
    @Override
    public void record(long at, Event event) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            latest = Math.max(latest, at);
            switch (lines.next(event)) {
                case WRITTEN -> write(at, event);
                case LEFT_OUT_FIRST ->
                    write(at, new Event.RecordShortened(EventLines.GUARDED_FROM, EventLines.LEFT_OUT));
                case LEFT_OUT -> {}
            }
            flushSamples();
        }
    }

    @Override
    public void record(ExchangeRecord exchange) {
        synchronized (lock) {
            if (!closed) {
                exchanges.append(exchange);
            }
        }
    }

    @Override
    public void link(int trial, String arm, String link, long endNanos, long latencyNanos, boolean failure) {
        links.count(trial, arm, link, endNanos, latencyNanos, failure);
    }

    @Override
    public void resource(ResourceSecond second) {
        synchronized (lock) {
            if (!closed) {
                samples.append(second);
                flushSamples();
            }
        }
    }

    @Override
    public void bytes(LinkBytes second) {
        synchronized (lock) {
            if (!closed) {
                samples.append(second);
            }
        }
    }

    /// Writes what is buffered, records the hashes of the files in an [Event.FilesSealed], and ends.
    /// Idempotent.
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            links.drainAll(samples::append);
            closed = true;
            Map<String, String> sha256 = new TreeMap<>();
            sha256.put(RunDirectory.EXCHANGES, exchangeFile.seal());
            sha256.put(RunDirectory.SAMPLES, sampleFile.seal());
            write(latest, new Event.FilesSealed(sha256));
            events.seal();
        }
    }

    private void write(long at, Event event) {
        byte[] line = EventCodec.encode(new Entry(at, event));
        events.append(line, line.length);
        if (event instanceof Event.Intended) {
            events.sync();
        } else {
            events.flush();
        }
    }

    private void flushSamples() {
        links.drain(samples::append);
        sampleFile.flush();
        exchangeFile.flush();
    }
}
