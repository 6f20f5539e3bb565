package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;

/// A port of the engine's host's loopback, brought to a port here: for each connection an `ssh -W`.
/// Thread-safe.
public final class SshForward implements AutoCloseable {
    private final int port;
    private final Relays relays;

    private SshForward(int port, Relays relays) {
        this.port = port;
        this.relays = relays;
    }

    /// @return nothing if the engine is on this host, where its ports need no forwarding
    /// @throws EnvironmentException if no port can be had here
    public static Optional<SshForward> open(EngineAddress engine, int farPort) {
        if (!engine.isSsh()) {
            return Optional.empty();
        }
        return Optional.of(open(SshTarget.of(engine.uri()), farPort));
    }

    static SshForward open(SshTarget target, int farPort) {
        try {
            ServerSocketChannel listening = ServerSocketChannel.open();
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
            return new SshForward(port, new Relays(listening, () -> target.toPort(farPort)));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "no port here for port " + farPort + " of " + target + ": " + e.getMessage(), e);
        }
    }

    /// The port on this host's loopback.
    public int port() {
        return port;
    }

    /// What ssh said last on its error output, if it said anything.
    public String complaint() {
        return relays.complaint();
    }

    @Override
    public void close() {
        relays.close();
    }
}
