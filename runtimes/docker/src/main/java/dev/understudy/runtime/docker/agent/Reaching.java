package dev.understudy.runtime.docker.agent;

import dev.understudy.runtime.EnvironmentException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/// Reaches an agent that may still be starting. A port forward takes connections before there is one, and ends
/// them at once; so does an agent that doesn't like the token. That is why both are tried again, and told
/// alike. No state.
final class Reaching {
    private static final long RETRY_MILLIS = 20;
    /// The last attempt gets as much, too: cut short it would hide why those before it failed.
    private static final int SHORTEST_MILLIS = 500;

    private static final int LONGEST_MILLIS = 60_000;

    private Reaching() {}

    /// @param who what exceptions call it
    /// @throws EnvironmentException if it isn't reached by then
    static Control within(Duration patience, String who, InetSocketAddress at, Greeting greeting) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            try {
                return open(who, at, greeting, Math.clamp(left, SHORTEST_MILLIS, LONGEST_MILLIS));
            } catch (IOException e) {
                if (System.nanoTime() >= deadline) {
                    throw new EnvironmentException(
                            who + " could not be reached within " + patience.toMillis() + " ms: " + reason(e), e);
                }
            }
            pause(who);
        }
    }

    private static Control open(String who, InetSocketAddress at, Greeting greeting, int millis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(at, millis);
            return Control.introduce(who, socket, greeting, millis);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static String reason(IOException last) {
        boolean cutOff = last instanceof EOFException
                || (last instanceof SocketException && !(last instanceof ConnectException));
        return cutOff
                ? "it ends the connection at once. Maybe it is not running, or takes another token."
                : String.valueOf(last.getMessage());
    }

    private static void pause(String who) {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while connecting to " + who, e);
        }
    }
}
