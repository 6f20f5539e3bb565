package dev.understudy.cli.progress;

import dev.understudy.journal.Event;
import dev.understudy.journal.ExchangeRecord;
import dev.understudy.journal.Journal;
import dev.understudy.journal.Recorder;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Passes everything on to the record and shows it to whoever waits. Printing is left to a thread of its own: a
/// terminal that is held (Ctrl-S), or a reader that is slow, doesn't hold the run up. Thread-safe; close it to
/// leave a whole last line.
public final class Progress implements Recorder, AutoCloseable {
    private static final long TICK_NANOS = 125_000_000;

    private final Recorder record;
    private final View view;
    private final PrintStream out;
    private final LongSupplier now;
    private final Course course = new Course();
    private final Supplier<Optional<Earlier>> past;
    private Optional<Earlier> earlier = Optional.empty();
    private final StringBuilder pending = new StringBuilder();
    private boolean closed;

    private Progress(Recorder record, View view, PrintStream out, LongSupplier now, Supplier<Optional<Earlier>> past) {
        this.record = record;
        this.view = view;
        this.out = out;
        this.now = now;
        this.past = past;
        if (!(view instanceof NoView)) {
            Thread.ofPlatform().daemon().name("progress").start(this::show);
        }
    }

    private void show() {
        remember(past.get());
        while (!isClosed()) {
            LockSupport.parkNanos(TICK_NANOS);
            tick();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /// Where earlier runs of the same scenario are looked up: its name, its file, and where runs are kept.
    public record Past(dev.understudy.journal.JournalStore store, String scenario, String file) {}

    /// In the style that is asked for, as far as the terminal has it.
    ///
    /// @param now nanoseconds on the run's timeline
    public static Progress of(
            Style style, Terminal terminal, PrintStream out, Recorder record, LongSupplier now, Past past) {
        return new Progress(
                record,
                view(style, terminal, out.charset()),
                out,
                now,
                () -> Earlier.of(past.store(), past.scenario(), past.file()));
    }

    /// Plain lines without a past.
    public static Progress plain(Recorder record, PrintStream out, LongSupplier now) {
        return new Progress(record, new PlainView(new Paint(false)), out, now, Optional::empty);
    }

    static View view(Style style, Terminal terminal, Charset encoding) {
        Paint paint = new Paint(terminal.wantsColour());
        return switch (style) {
            case AUTO, TTY ->
                terminal.movesCursor()
                        ? new TreeView(paint, Glyphs.of(encoding), terminal::size)
                        : new PlainView(paint);
            case PLAIN -> new PlainView(paint);
            case QUIET -> new NoView();
            case JSON -> new JsonView();
        };
    }

    @Override
    public void record(long at, Event event) {
        record.record(at, event);
        Optional<Telling> telling = Telling.of(event);
        synchronized (this) {
            course.follow(at, event, telling);
            if (!closed) {
                telling.ifPresent(told -> pending.append(view.tell(at, told, course, left(at))));
            }
        }
    }

    private synchronized void remember(Optional<Earlier> past) {
        earlier = past;
    }

    private void tick() {
        synchronized (this) {
            if (!closed) {
                long at = now.getAsLong();
                pending.append(view.tick(at, course, left(at)));
            }
        }
        print();
    }

    /// One at a time, and never while the run waits for the lock of what is told.
    private void print() {
        synchronized (out) {
            String text;
            synchronized (this) {
                text = pending.toString();
                pending.setLength(0);
            }
            out.print(text);
            out.flush();
        }
    }

    private OptionalLong left(long at) {
        return earlier.isEmpty()
                ? OptionalLong.empty()
                : course.current().map(stage -> earlier.get().left(stage, at)).orElse(OptionalLong.empty());
    }

    /// Says something that isn't of the run's course, without disturbing what is drawn.
    public synchronized void say(String line) {
        pending.append(view.say(line));
    }

    @Override
    public void record(ExchangeRecord exchange) {
        record.record(exchange);
    }

    @Override
    public void link(int trial, String arm, String link, long endNanos, long latencyNanos, boolean failure) {
        record.link(trial, arm, link, endNanos, latencyNanos, failure);
    }

    @Override
    public void resource(Journal.ResourceSecond second) {
        record.resource(second);
    }

    @Override
    public void bytes(Journal.LinkBytes second) {
        record.bytes(second);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                pending.append(view.end(now.getAsLong(), course));
            }
        }
        print();
    }
}
