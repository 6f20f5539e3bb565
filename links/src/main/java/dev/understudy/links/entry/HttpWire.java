package dev.understudy.links.entry;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// One connection to an HTTP/1.1 server (RFC 9112), for one exchange at a time. For one thread at a time; closing is
/// possible from any.
final class HttpWire implements AutoCloseable {
    private static final int BUFFER = 8 << 10;
    private static final int LONGEST_LINE = 64 << 10;

    /// What surely fits into the socket's buffer, so that sending it never blocks.
    private static final int SURELY_BUFFERED = 16 << 10;

    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private long deadline;
    private boolean unanswered = true;
    private boolean reusable;

    private HttpWire(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.socket = channel.socket();
        this.in = socket.getInputStream();
    }

    /// Connects. @throws IOException if nobody takes the connection within `patience`
    static HttpWire open(InetSocketAddress address, Duration patience) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().setTcpNoDelay(true);
            channel.socket().connect(address, (int) Math.max(1, patience.toMillis()));
            return new HttpWire(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Sends `request` and reads its whole answer.
    /// @param deadline on the clock of [System#nanoTime]
    /// @throws SocketTimeoutException if the deadline passes
    /// @throws IOException if the connection ends, or what comes isn't HTTP
    Answer.Answered exchange(Request request, String host, long deadline) throws IOException {
        this.deadline = deadline;
        unanswered = true;
        reusable = false;
        IOException unsent = send(HttpText.of(request, host));
        try {
            return read(request.method());
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw unsent == null ? e : unsent;
        }
    }

    /// Whether not one byte came back.
    boolean isUnanswered() {
        return unanswered;
    }

    /// Whether another exchange may follow.
    boolean isReusable() {
        return reusable;
    }

    /// Whether the other side has neither closed the connection nor sent anything that nobody asked for.
    boolean isStillOpen() {
        try {
            channel.configureBlocking(false);
            int read = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return read == 0 && at == end;
        } catch (IOException gone) {
            return false;
        }
    }

    // an answer may come, and the connection end, before a large body is sent; so its failure is only told if none does
    private @org.jspecify.annotations.Nullable IOException send(byte[] bytes) {
        Thread watch = bytes.length > SURELY_BUFFERED ? Thread.ofVirtual().start(this::closeAtDeadline) : null;
        try {
            socket.getOutputStream().write(bytes);
            return null;
        } catch (IOException e) {
            return isOver() ? new SocketTimeoutException("not sent in time") : e;
        } finally {
            if (watch != null) {
                watch.interrupt();
            }
        }
    }

    private void closeAtDeadline() {
        while (!isOver()) {
            LockSupport.parkNanos(this, deadline - System.nanoTime());
            if (Thread.interrupted()) {
                return;
            }
        }
        close();
    }

    private boolean isOver() {
        return System.nanoTime() - deadline >= 0;
    }

    private Answer.Answered read(String method) throws IOException {
        while (true) {
            String status = line();
            int code = status(status);
            List<Request.Header> headers = headers();
            if (code >= 200 || code == 101) {
                boolean keeps = !status.startsWith("HTTP/1.0") && code != 101;
                byte[] body = isWithout(method, code) ? new byte[0] : body(headers);
                reusable &= keeps && value(headers, "connection").stream().noneMatch("close"::equalsIgnoreCase);
                return new Answer.Answered(code, headers, body);
            }
        }
    }

    private boolean isWithout(String method, int code) {
        boolean without = method.equals("HEAD") || code == 204 || code == 304 || code == 101;
        reusable = without;
        return without;
    }

    private static int status(String line) throws ProtocolException {
        if (!line.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            throw new ProtocolException("'" + line + "' is not the first line of an HTTP answer");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private List<Request.Header> headers() throws IOException {
        List<Request.Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new ProtocolException("'" + line + "' is not a header line");
            }
            headers.add(new Request.Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private static List<String> value(List<Request.Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Request.Header::value)
                .toList();
    }

    private byte[] body(List<Request.Header> headers) throws IOException {
        List<String> encoding = value(headers, "transfer-encoding");
        if (!encoding.isEmpty()) {
            if (!encoding.getLast().toLowerCase(java.util.Locale.ROOT).endsWith("chunked")) {
                return rest();
            }
            byte[] body = chunks();
            reusable = true;
            return body;
        }
        List<String> length = value(headers, "content-length");
        if (length.isEmpty()) {
            return rest();
        }
        byte[] body = new byte[number(length.getFirst(), 10)];
        fill(body);
        reusable = true;
        return body;
    }

    private static int number(String text, int radix) throws ProtocolException {
        try {
            int number = Integer.parseInt(text.strip(), radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ProtocolException("'" + text + "' is not the length of a body that can be held");
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String head = line();
            int extension = head.indexOf(';');
            byte[] chunk = new byte[number(extension < 0 ? head : head.substring(0, extension), 16)];
            if (chunk.length == 0) {
                headers();
                return body.toByteArray();
            }
            fill(chunk);
            body.writeBytes(chunk);
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk is longer than it says");
            }
        }
    }

    private byte[] rest() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(buffer, at, end - at);
        while (receive() >= 0) {
            body.write(buffer, at, end - at);
        }
        return body.toByteArray();
    }

    private void fill(byte[] bytes) throws IOException {
        int filled = 0;
        while (filled < bytes.length) {
            require();
            int count = Math.min(bytes.length - filled, end - at);
            System.arraycopy(buffer, at, bytes, filled, count);
            at += count;
            filled += count;
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        while (line.size() < LONGEST_LINE) {
            require();
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, from, at - from);
            if (at < end) {
                at++;
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
        }
        throw new ProtocolException("a line is longer than " + LONGEST_LINE + " bytes");
    }

    private void require() throws IOException {
        if (at == end && receive() < 0) {
            throw new EOFException("the connection ended within the answer");
        }
    }

    private int receive() throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        socket.setSoTimeout(Math.clamp(left / 1_000_000 + 1, 1, Integer.MAX_VALUE));
        int count = in.read(buffer);
        at = 0;
        end = Math.max(0, count);
        unanswered &= count <= 0;
        return count;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // that is what was wanted
        }
    }
}
