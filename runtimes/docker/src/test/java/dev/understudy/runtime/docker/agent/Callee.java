package dev.understudy.runtime.docker.agent;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A small real server on loopback that can be stopped and started again on the same port.
final class Callee implements AutoCloseable {
    private final Talk talk;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;
    private Thread acceptor = Thread.currentThread();

    /// What it says to one caller.
    interface Talk {
        void with(Socket caller) throws IOException;
    }

    private Callee(Talk talk) throws IOException {
        this.talk = talk;
        this.listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        serve();
    }

    /// Answers every request with `name`; keeps the connection.
    static Callee http(String name) throws IOException {
        return new Callee(caller -> {
            InputStream in = new BufferedInputStream(caller.getInputStream());
            while (passedHead(in)) {
                String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + name.length() + "\r\n\r\n" + name;
                caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    /// Sends back what it got, all of it, once the caller has ended its side.
    static Callee echo() throws IOException {
        return new Callee(caller -> {
            byte[] all = caller.getInputStream().readAllBytes();
            caller.getOutputStream().write(all);
        });
    }

    /// Resets every connection as soon as it has a byte.
    static Callee resetting() throws IOException {
        return new Callee(caller -> {
            int first = caller.getInputStream().read();
            caller.setSoLinger(first >= 0, 0);
        });
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    void stop() throws IOException, InterruptedException {
        listener.close();
        acceptor.join();
        for (Socket socket : open) {
            socket.close();
        }
    }

    void startAgain() throws IOException {
        InetSocketAddress same = address();
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(same, 500);
        serve();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void serve() {
        ServerSocket mine = listener;
        acceptor = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket caller = mine.accept();
                    open.add(caller);
                    Thread.startVirtualThread(() -> talk(caller));
                }
            } catch (IOException stopped) {
                // the listener was closed
            }
        });
    }

    private void talk(Socket caller) {
        try (caller) {
            talk.with(caller);
        } catch (IOException callerGone) {
            // nobody to talk to
        } finally {
            open.remove(caller);
        }
    }

    private static boolean passedHead(InputStream in) throws IOException {
        int last = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            last = (last << 8) | b;
            if (last == 0x0d0a0d0a) {
                return true;
            }
        }
        return false;
    }
}
