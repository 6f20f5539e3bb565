package dev.understudy.runtime.docker.engine;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Hands each connection to a listening socket on to a child process of its own. Thread-safe.
final class Relays implements AutoCloseable {
    private final ServerSocketChannel listening;
    private final Supplier<List<String>> command;
    private final Set<Relay> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<String> complaint = new AtomicReference<>("");

    Relays(ServerSocketChannel listening, Supplier<List<String>> command) {
        this.listening = listening;
        this.command = command;
        Thread.ofVirtual().name("relays").start(this::accept);
    }

    /// What a child said last on its error output; empty if none said anything.
    String complaint() {
        return complaint.get();
    }

    private void accept() {
        while (listening.isOpen()) {
            try {
                hand(listening.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void hand(SocketChannel socket) throws IOException {
        open.removeIf(Relay::isOver);
        try {
            open.add(Relay.start(socket, command.get(), complaint::set));
        } catch (IOException noProgram) {
            complaint.set(String.valueOf(noProgram.getMessage()));
            socket.close();
        }
        if (!listening.isOpen()) {
            open.forEach(Relay::end);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException closedEnough) {
            // no connection can come in any more
        }
        open.forEach(Relay::end);
    }
}
