package dev.understudy.runtime.process;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports of the host's loopback that nobody listens on, each given out once. They lie below those that the kernel
/// hands to outgoing connections (ip(7), `ip_local_port_range`), so that no connection takes one before the service
/// it is for has started. Thread-safe.
final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    private final int offset;
    private int given;

    /// @param owner a number that other tools on this machine don't have, such as the pid: where to begin to look
    FreePorts(long owner) {
        this.offset = (int) (owner * 64 % COUNT);
    }

    /// The next one. @throws EnvironmentException if none is left
    synchronized int next() {
        while (given < COUNT) {
            int port = FIRST + (offset + given) % COUNT;
            given++;
            if (isFree(port)) {
                return port;
            }
        }
        throw new EnvironmentException("no free port on the loopback between " + FIRST + " and " + (FIRST + COUNT - 1));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
