package dev.understudy.runtime.docker.agent;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.docker.agent.names.Sighting;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service.Protocol;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// An agent in this process, connected to over loopback, and what it told.
final class AgentBench implements AutoCloseable {
    static final Link LINK = new Link("a", "b");
    static final String TOKEN = "a secret";
    /// The tool's clock is far ahead of the agent's.
    static final long AHEAD = TimeUnit.HOURS.toNanos(7);

    final BlockingQueue<LinkSample> samples = new LinkedBlockingQueue<>();
    final BlockingQueue<Sighting> sightings = new LinkedBlockingQueue<>();
    final AgentServer server = new AgentServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            TOKEN,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20));
    final LinkAgent agent = connect(TOKEN, Duration.ofSeconds(10));

    LinkAgent connect(String token, Duration patience) {
        return LinkAgent.connect(
                new InetSocketAddress("127.0.0.1", server.port()),
                token,
                ArmName.CANDIDATE,
                AgentBench::now,
                samples::add,
                sightings::add,
                patience);
    }

    static long now() {
        return System.nanoTime() + AHEAD;
    }

    /// A port that is free on an address of loopback that nothing else in these tests uses.
    static InetSocketAddress free() throws IOException {
        InetAddress at = InetAddress.getByName("127.9.8.7");
        try (ServerSocket socket = new ServerSocket(0, 1, at)) {
            return new InetSocketAddress(at, socket.getLocalPort());
        }
    }

    static LinkOrder order(Protocol protocol, InetSocketAddress at, InetSocketAddress... targets) {
        return new LinkOrder(
                LINK, protocol, at.getAddress(), at.getPort(), Map.of(at.getPort(), List.of(targets)), false);
    }

    LinkSample sample() throws InterruptedException {
        LinkSample sample = samples.poll(10, TimeUnit.SECONDS);
        if (sample == null) {
            throw new AssertionError("no sample came");
        }
        return sample;
    }

    static Socket connect(InetSocketAddress at) throws IOException {
        Socket socket = new Socket();
        socket.connect(at, 10_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    static Socket connect(LocalWay way) throws IOException {
        return connect(new InetSocketAddress("127.0.0.1", way.port()));
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String get(Socket socket) throws IOException {
        send(socket, "GET / HTTP/1.1\r\nHost: b\r\n\r\n");
        return answer(socket);
    }

    /// Reads an answer with a content length.
    static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("after '" + text + "'");
            }
            text.append((char) b);
        }
        int at = text.indexOf("Content-Length: ") + 16;
        int length = Integer.parseInt(text.substring(at, text.indexOf("\r\n", at)));
        return text + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        agent.close();
        server.close();
    }
}
