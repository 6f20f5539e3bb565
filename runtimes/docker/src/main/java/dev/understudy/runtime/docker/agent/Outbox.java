package dev.understudy.runtime.docker.agent;

import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.docker.agent.names.Sighting;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/// What an agent sends to the tool: answers at once, measurements and sightings in batches. Thread-safe.
/// Handing a measurement over never waits for the network.
///
/// What was handed over before an answer leaves before it: whoever has an answer has everything that was
/// measured until then.
final class Outbox {
    /// The number of the link, start, end, status, added: see [LinkSample].
    static final int SAMPLE_BYTES = 4 + 8 + 8 + 4 + 8;

    private static final long BATCH_MILLIS = 4;
    private static final int SAMPLES_A_FRAME = 16_384;
    private static final int MOST_SAMPLES = 300_000;
    private static final int MOST_SIGHTINGS = 1_000;

    private final OutputStream out;
    private final Object pending = new Object();
    private final Queue<Sighting> sightings = new ArrayDeque<>();
    private byte[] room = new byte[SAMPLE_BYTES * 64];
    private ByteBuffer samples = ByteBuffer.wrap(room);
    private boolean waiting;
    private boolean closed;
    private long lost;

    Outbox(OutputStream out) {
        this.out = out;
    }

    void sample(int link, LinkSample sample) {
        synchronized (pending) {
            if (samples.position() >= MOST_SAMPLES * SAMPLE_BYTES) {
                lost++;
                return;
            }
            if (samples.remaining() < SAMPLE_BYTES) {
                room = Arrays.copyOf(room, 2 * room.length);
                samples = ByteBuffer.wrap(room).position(samples.position());
            }
            samples.putInt(link)
                    .putLong(sample.startNanos())
                    .putLong(sample.endNanos())
                    .putInt(sample.status())
                    .putLong(sample.addedNanos());
            wake();
        }
    }

    void sighting(Sighting sighting) {
        synchronized (pending) {
            if (sightings.size() >= MOST_SIGHTINGS) {
                lost++;
                return;
            }
            sightings.add(sighting);
            wake();
        }
    }

    /// How many measurements and sightings found no room, because the tool did not read.
    long lost() {
        synchronized (pending) {
            return lost;
        }
    }

    /// Sends `frame` after everything that was handed over before.
    void answer(byte[] frame) throws IOException {
        synchronized (out) {
            sendPending();
            out.write(frame);
            out.flush();
        }
    }

    /// Sends what is handed over, batch by batch, until it is closed or nobody can be reached any more.
    void run() throws IOException, InterruptedException {
        while (awaitPending()) {
            Thread.sleep(BATCH_MILLIS);
            synchronized (out) {
                sendPending();
                out.flush();
            }
        }
    }

    void close() {
        synchronized (pending) {
            closed = true;
            pending.notifyAll();
        }
    }

    private void wake() {
        if (waiting) {
            waiting = false;
            pending.notifyAll();
        }
    }

    private boolean awaitPending() throws InterruptedException {
        synchronized (pending) {
            while (!closed && samples.position() == 0 && sightings.isEmpty()) {
                waiting = true;
                pending.wait();
            }
            return !closed;
        }
    }

    private void sendPending() throws IOException {
        byte[] measured;
        Sighting[] seen;
        synchronized (pending) {
            measured = Arrays.copyOf(room, samples.position());
            samples.clear();
            seen = sightings.toArray(new Sighting[0]);
            sightings.clear();
        }
        int most = SAMPLES_A_FRAME * SAMPLE_BYTES;
        for (int from = 0; from < measured.length; from += most) {
            Frames.write(out, Frames.SAMPLES, measured, from, Math.min(most, measured.length - from));
        }
        for (Sighting sighting : seen) {
            out.write(Frames.frame(content -> {
                content.writeByte(Frames.SIGHTING);
                Fields.put(content, sighting);
            }));
        }
    }
}
