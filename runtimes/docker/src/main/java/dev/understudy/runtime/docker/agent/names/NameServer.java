package dev.understudy.runtime.docker.agent.names;

import dev.understudy.runtime.EnvironmentException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The name server of an arm, over UDP and TCP (RFC 1035, section 4.2). Thread-safe.
public final class NameServer implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final int LONGEST_DATAGRAM = 4096;
    private static final int SILENCE_MILLIS = 5_000;
    private static final int MOST_CONNECTIONS = 128;

    private final Resolver resolver;
    private final List<AutoCloseable> sockets = new CopyOnWriteArrayList<>();
    private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);

    /// @param clockNanos the timeline of sightings
    /// @param sightings is handed each different question once, on the thread that answers it
    public NameServer(LongSupplier clockNanos, Consumer<Sighting> sightings) {
        this.resolver = new Resolver(clockNanos, sightings);
    }

    /// Answers from `book` from now on.
    public void use(NameBook book) {
        resolver.use(book);
    }

    /// Answers questions that come to `at`, too.
    /// @throws EnvironmentException if it can't listen there
    @SuppressWarnings("resource")
    public void listen(InetSocketAddress at) {
        try {
            DatagramSocket datagrams = new DatagramSocket(at);
            sockets.add(datagrams);
            ServerSocket streams = stream(at, datagrams);
            sockets.add(streams);
            Thread.ofPlatform().daemon().name("names-udp").start(() -> serve(datagrams));
            Thread.ofPlatform().daemon().name("names-tcp").start(() -> serve(streams));
        } catch (IOException e) {
            throw new EnvironmentException("the name server can't listen at " + at + ": " + e.getMessage(), e);
        }
    }

    private static ServerSocket stream(InetSocketAddress at, DatagramSocket datagrams) throws IOException {
        try {
            return new ServerSocket(at.getPort(), BACKLOG, at.getAddress());
        } catch (IOException e) {
            datagrams.close();
            throw e;
        }
    }

    /// Answers no more.
    @Override
    public void close() {
        for (AutoCloseable socket : sockets) {
            try {
                socket.close();
            } catch (Exception alreadyGone) {
                // closing is all that was wanted
            }
        }
        sockets.clear();
    }

    private void serve(DatagramSocket socket) {
        byte[] room = new byte[LONGEST_DATAGRAM];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(room, room.length);
                socket.receive(packet);
                byte[] message = Arrays.copyOf(room, packet.getLength());
                byte[] answer = resolver.answer(packet.getAddress(), message).orElse(null);
                if (answer != null) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException askerGoneOrClosed) {
                pause();
            }
        }
    }

    private void serve(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                Socket asker = listener.accept();
                if (connections.tryAcquire()) {
                    Thread.startVirtualThread(() -> serve(asker));
                } else {
                    asker.close();
                }
            } catch (IOException askerGoneOrClosed) {
                pause();
            }
        }
    }

    /// What fails may fail again at once: that must not take a processor.
    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                byte[] message = new byte[in.readUnsignedShort()];
                in.readFully(message);
                byte[] answer =
                        resolver.answer(socket.getInetAddress(), message).orElse(null);
                if (answer == null) {
                    return;
                }
                out.write(ByteBuffer.allocate(Short.BYTES + answer.length)
                        .putShort((short) answer.length)
                        .put(answer)
                        .array());
            }
        } catch (IOException askerGone) {
            // it has what it wanted
        } finally {
            connections.release();
        }
    }
}
