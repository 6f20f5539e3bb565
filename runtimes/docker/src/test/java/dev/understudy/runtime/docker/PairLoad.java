package dev.understudy.runtime.docker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Writes pairs of keys into Redis, both halves of a pair in one command: they are equal at every instant.
final class PairLoad implements AutoCloseable {
    static final int PAIRS = 2_000;

    /// Tests run where others work too.
    private static final long BREATH_NANOS = 500_000;

    final AtomicLong acknowledged = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    private final AtomicBoolean done = new AtomicBoolean();
    private final Thread writer;

    PairLoad(String host, String password) {
        this.writer = Thread.ofVirtual().start(() -> write(host, password));
    }

    private void write(String host, String password) {
        Random random = new Random(1);
        try (Socket socket = new Socket(host, 6379);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            say(socket, "AUTH " + password);
            require(in, "+OK");
            for (long number = 1; !done.get(); number++) {
                int pair = random.nextInt(PAIRS);
                say(socket, "MSET left:" + pair + " " + number + " right:" + pair + " " + number);
                require(in, "+OK");
                acknowledged.incrementAndGet();
                LockSupport.parkNanos(BREATH_NANOS);
            }
        } catch (IOException e) {
            failed.incrementAndGet();
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void require(BufferedReader in, String answer) throws IOException {
        String line = in.readLine();
        if (!answer.equals(line)) {
            throw new IOException("Redis answered '" + line + "'");
        }
    }

    @Override
    public void close() {
        done.set(true);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
