package dev.understudy.links;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A small real server on loopback that can be stopped and started again on the same port.
final class Target implements AutoCloseable {
    private final Talk talk;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private ServerSocket listener;
    private Thread acceptor = Thread.currentThread();

    /// What it says to one caller.
    interface Talk {
        void with(Socket caller) throws IOException;
    }

    Target(Talk talk) throws IOException {
        this.talk = talk;
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        serve();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    int accepted() {
        return accepted.get();
    }

    /// Ends the listener and every connection.
    void stop() throws IOException {
        listener.close();
        join(acceptor); // the port is free only then
        for (Socket socket : open) {
            socket.close();
        }
    }

    void startAgain() throws IOException {
        InetSocketAddress same = address();
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(same);
        serve();
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        ServerSocket mine = listener;
        acceptor = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket caller = mine.accept();
                    accepted.incrementAndGet();
                    open.add(caller);
                    Thread.ofVirtual().start(() -> talk(caller));
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

    /// Answers every request with the length of its body and `name`; keeps the connection.
    static Target http(String name) throws IOException {
        return new Target(caller -> {
            InputStream in = new java.io.BufferedInputStream(caller.getInputStream());
            OutputStream out = caller.getOutputStream();
            for (long length = head(in); length >= 0; length = head(in)) {
                in.skipNBytes(length);
                String body = name + " " + length;
                String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
                out.write((head + body).getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        });
    }

    /// Answers every byte with the same byte.
    static Target echo() throws IOException {
        return new Target(caller -> {
            InputStream in = caller.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                caller.getOutputStream().write(buffer, 0, count);
            }
        });
    }

    /// Reads a head; returns the content length, or -1 at the end of the stream.
    private static long head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return -1;
            }
            head.append((char) b);
        }
        int at = head.toString().toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        return at < 0 ? 0 : Long.parseLong(head.substring(at + 16, head.indexOf("\r\n", at)));
    }
}
