package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.FileTree;
import dev.understudy.store.Scratch;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;

/// An engine of another host, reached as the `docker` command reaches it: a socket here, and for each
/// connection to it an `ssh` that runs `docker system dial-stdio` there. Only the user who runs the tool can
/// get at the socket. Thread-safe.
final class SshBridge implements AutoCloseable {
    private final Path directory;
    private final Relays relays;

    private SshBridge(Path directory, Relays relays) {
        this.directory = directory;
        this.relays = relays;
    }

    /// @throws EnvironmentException if no socket can be made here
    static SshBridge open(SshTarget target) {
        Path directory = null;
        try {
            directory = Scratch.directory("ssh");
            ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listening.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
            return new SshBridge(directory, new Relays(listening, target::toEngine));
        } catch (IOException e) {
            FileTree.deleteQuietly(directory);
            throw new EnvironmentException("no socket for ssh in " + directory + ": " + e.getMessage(), e);
        }
    }

    Path socket() {
        return directory.resolve("s");
    }

    /// What ssh said last, if it said anything.
    String complaint() {
        return relays.complaint();
    }

    @Override
    public void close() {
        relays.close();
        FileTree.deleteQuietly(directory);
    }
}
