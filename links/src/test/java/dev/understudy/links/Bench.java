package dev.understudy.links;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A loop with one link or more, and what they measured.
final class Bench implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    final LinkLoop loop = LinkLoop.start("links of a test", () -> {}, System::nanoTime);
    final BlockingQueue<LinkSample> samples = new LinkedBlockingQueue<>();

    LinkProxy link(Protocol protocol, Target... targets) {
        return loop.listen(spec(protocol, targets));
    }

    LinkProxy ingress(Protocol protocol, Target... targets) {
        return loop.ingress(spec(protocol, targets));
    }

    LinkSpec spec(Protocol protocol, Target... targets) {
        List<InetSocketAddress> addresses =
                java.util.stream.Stream.of(targets).map(Target::address).toList();
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new LinkSpec(new Link("a", "b"), ArmName.CONTROL, protocol, anywhere, addresses, samples::add);
    }

    /// The next sample. Fails if there is none for long.
    LinkSample sample() throws InterruptedException {
        LinkSample sample = samples.poll(PATIENCE, TimeUnit.NANOSECONDS);
        if (sample == null) {
            throw new AssertionError("no sample came");
        }
        return sample;
    }

    static Socket connect(LinkProxy proxy) throws IOException {
        Socket socket = new Socket();
        socket.connect(proxy.address(), 10_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String receive(Socket socket, int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new AssertionError("only " + new String(bytes, StandardCharsets.ISO_8859_1));
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// Sends a GET and returns the whole answer.
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
                throw new java.io.EOFException("after '" + text + "'");
            }
            text.append((char) b);
        }
        int at = text.indexOf("Content-Length: ") + 16;
        int length = Integer.parseInt(text.substring(at, text.indexOf("\r\n", at)));
        return text + receive(socket, length);
    }

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        loop.close();
        loop.defect().ifPresent(bug -> {
            throw new AssertionError("a bug on the loop", bug);
        });
    }
}
