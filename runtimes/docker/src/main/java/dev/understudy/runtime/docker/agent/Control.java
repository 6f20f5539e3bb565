package dev.understudy.runtime.docker.agent;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.docker.agent.Fields.Reading;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The control connection, on the tool's side: asks, waits for the answer, and hands on what the agent tells
/// unasked. Thread-safe; one thread of its own reads, in the order in which the agent wrote.
final class Control implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BUFFER = 64 * 1024;

    private final String who;
    private final Socket socket;
    private final DataInputStream in;
    private final int session;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<DataInputStream>> asked = new ConcurrentHashMap<>();
    private volatile @Nullable Thread reader;
    private volatile boolean closed;
    private volatile @Nullable String lost;

    /// What is told unasked.
    interface Events {
        /// A frame of that kind; called on the thread that reads.
        void told(byte kind, DataInputStream fields) throws IOException;
    }

    private Control(String who, Socket socket, DataInputStream in, int session) {
        this.who = who;
        this.socket = socket;
        this.in = in;
        this.session = session;
    }

    /// Introduces the tool on a connection that was just opened.
    ///
    /// @param who what exceptions call the agent
    /// @throws IOException if the agent doesn't answer as one
    /// @throws EnvironmentException if it is one of another version
    static Control introduce(String who, Socket socket, Greeting greeting, int patienceMillis) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(patienceMillis);
        socket.getOutputStream().write(greeting.frame());
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        DataInputStream welcome = fields(Frames.read(in, Greeting.LONGEST));
        int version = welcome.readUnsignedByte();
        if (version != greeting.version()) {
            throw new EnvironmentException(who + " speaks version " + version + ", not " + greeting.version());
        }
        socket.setSoTimeout(0);
        return new Control(who, socket, in, welcome.readInt());
    }

    /// Begins to read.
    void begin(Events events) {
        Thread thread = Thread.ofPlatform().daemon().name("link-agent").unstarted(() -> read(events));
        reader = thread;
        thread.start();
    }

    /// What a greeting on a way to the link `id` calls it.
    long way(int id) {
        return ((long) session << Integer.SIZE) | id;
    }

    /// Whether the tool itself ended it.
    boolean isClosed() {
        return closed;
    }

    /// Gives an order that is answered with nothing.
    void tell(Order order) {
        ask(order, _ -> true);
    }

    /// Gives an order and waits for the answer. Whatever the agent told before has been handed on by then.
    ///
    /// @throws EnvironmentException if the agent can't carry it out for want of something, or can't be reached
    /// @throws IllegalArgumentException if the agent finds that it makes no sense
    /// @throws IllegalStateException if the connection was closed, or by a bug
    <T> T ask(Order order, Reading<T> reading) {
        return ask(order, reading, PATIENCE);
    }

    <T> T ask(Order order, Reading<T> reading, Duration patience) {
        if (Thread.currentThread().equals(reader)) {
            throw new IllegalStateException("called by whoever is handed samples, on the thread that reads answers");
        }
        long number = numbers.incrementAndGet();
        byte[] frame = Frames.frame(out -> {
            out.writeByte(Frames.ORDER);
            out.writeLong(number);
            OrderFields.put(out, order);
        });
        CompletableFuture<DataInputStream> answer = new CompletableFuture<>();
        asked.put(number, answer);
        try {
            requireOpen();
            send(frame);
            return result(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS), reading);
        } catch (TimeoutException e) {
            throw new EnvironmentException(who + " didn't answer within " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            requireOpen();
            throw new EnvironmentException(who + ": " + e.getCause(), e);
        } catch (IOException e) {
            throw new EnvironmentException(who + " gave an answer that makes no sense: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while waiting for " + who, e);
        } finally {
            asked.remove(number);
        }
    }

    /// @throws EnvironmentException if it was lost
    /// @throws IllegalStateException if it was closed
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the links of this arm are closed");
        }
        String reason = lost;
        if (reason != null) {
            throw new EnvironmentException("the connection to " + who + " was lost: " + reason);
        }
    }

    /// Gives it up.
    void lose(String reason) {
        if (lost == null) {
            lost = reason;
        }
        end();
    }

    @Override
    public void close() {
        closed = true;
        end();
    }

    private void end() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // closing is all that was wanted
        }
        asked.values().forEach(answer -> answer.completeExceptionally(new IOException("the connection ended")));
    }

    private void send(byte[] frame) {
        try {
            synchronized (socket) {
                OutputStream out = socket.getOutputStream();
                out.write(frame);
            }
        } catch (IOException e) {
            lose(String.valueOf(e.getMessage()));
            requireOpen();
        }
    }

    private void read(Events events) {
        try {
            while (true) {
                DataInputStream fields = fields(Frames.read(in, Frames.LONGEST));
                byte kind = fields.readByte();
                if (kind == Frames.ANSWER) {
                    answered(fields);
                } else {
                    events.told(kind, fields);
                }
            }
        } catch (IOException e) {
            lose(e instanceof java.io.EOFException ? "it ended" : String.valueOf(e.getMessage()));
        }
    }

    private void answered(DataInputStream fields) throws IOException {
        CompletableFuture<DataInputStream> waiting = asked.get(fields.readLong());
        if (waiting != null) {
            waiting.complete(fields);
        }
    }

    private <T> T result(DataInputStream answer, Reading<T> reading) throws IOException {
        byte outcome = answer.readByte();
        return switch (outcome) {
            case ControlSession.DONE -> reading.from(answer);
            case ControlSession.ENVIRONMENT -> throw new EnvironmentException(answer.readUTF());
            case ControlSession.ARGUMENT -> throw new IllegalArgumentException(answer.readUTF());
            default -> throw new IllegalStateException(who + " failed: " + answer.readUTF());
        };
    }

    private static DataInputStream fields(byte[] frame) {
        return new DataInputStream(new ByteArrayInputStream(frame));
    }
}
