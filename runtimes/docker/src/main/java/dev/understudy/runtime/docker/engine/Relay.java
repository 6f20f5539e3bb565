package dev.understudy.runtime.docker.engine;

import dev.understudy.store.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// One connection handed on to a child process: what comes in goes to its standard input, what it prints goes
/// back. When one side ends so does the other.
///
/// ```
/// socket ──in──▶ child ──▶ far side
///        ◀──out──
/// ```
final class Relay {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int MOST = 2000;

    private final SocketChannel socket;
    private final Process child;

    private Relay(SocketChannel socket, Process child) {
        this.socket = socket;
        this.child = child;
    }

    /// Starts `command` and pipes until either side ends, on threads of its own.
    /// @param complaint is told what the child says on its error output
    static Relay start(SocketChannel socket, List<String> command, Consumer<String> complaint) throws IOException {
        Relay relay = new Relay(socket, new ProcessBuilder(command).start());
        Thread.ofVirtual().name("relay in").start(relay::in);
        Thread.ofVirtual().name("relay out").start(relay::out);
        Thread.ofVirtual().name("relay said").start(() -> relay.listen(complaint));
        return relay;
    }

    boolean isOver() {
        return !child.isAlive() && !socket.isOpen();
    }

    void end() {
        closeSocket();
        child.destroy();
        if (!Program.waitFor(child, GRACE)) {
            child.destroyForcibly();
        }
    }

    private void in() {
        try (OutputStream toChild = child.getOutputStream()) {
            pump(Channels.newInputStream(socket), toChild);
        } catch (IOException ended) {
            // the child has gone or the socket was closed: the other direction notices too
        }
    }

    private void out() {
        try {
            pump(child.getInputStream(), Channels.newOutputStream(socket));
        } catch (IOException ended) {
            // the caller has gone
        } finally {
            end();
        }
    }

    private void listen(Consumer<String> complaint) {
        try (InputStream said = child.getErrorStream()) {
            String text = new String(said.readNBytes(MOST), java.nio.charset.StandardCharsets.UTF_8).strip();
            if (!text.isEmpty()) {
                complaint.accept(text);
            }
            said.skip(Long.MAX_VALUE);
        } catch (IOException ended) {
            // nothing more to hear
        }
    }

    private static void pump(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            to.flush();
        }
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException closedEnough) {
            // nothing can be done with it any more
        }
    }
}
