package dev.understudy.runtime.docker.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// Passes bytes between two connections, both ways, until both have ended. What happens to one happens to the
/// other: an end of the stream after all bytes before it, a reset at once. No state.
final class Passing {
    private static final int BUFFER = 16 * 1024;

    private Passing() {}

    /// Returns when nothing more can come; both may still have to be closed.
    static void between(Socket one, Socket other) {
        Thread back = Thread.startVirtualThread(() -> oneWay(other, one));
        oneWay(one, other);
        try {
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends a connection so that the other side sees a reset.
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyGone) {
            // then there is nobody left to see it
        }
    }

    private static void oneWay(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException oneOfThemReset) {
            reset(from);
            reset(to);
        }
    }
}
