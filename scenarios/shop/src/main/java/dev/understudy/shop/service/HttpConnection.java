package dev.understudy.shop.service;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One client connection of HTTP/1.1 (RFC 9112): one exchange after the other. For one thread at a time.
final class HttpConnection implements AutoCloseable {
    private static final int LONGEST_HEAD = 64 << 10;

    private final SocketChannel channel;
    private final byte[] buffer = new byte[8 << 10];
    private int next;
    private int end;
    private long deadline = Long.MAX_VALUE;
    private long lastUsed = System.nanoTime();
    private boolean reusable;

    private HttpConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /// A new connection; `patience` of zero waits as long as the system does.
    static HttpConnection open(InetSocketAddress address, Duration patience) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(address, Math.toIntExact(patience.toMillis()));
            return new HttpConnection(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Whether it may carry another exchange, as far as its last one tells.
    boolean isReusable() {
        return reusable;
    }

    /// Whether it was used within `longest` and the other side has neither closed it nor said anything unasked.
    boolean isUsable(Duration longest) {
        if (System.nanoTime() - lastUsed > longest.toNanos()) {
            return false;
        }
        try {
            channel.configureBlocking(false);
            int read = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return read == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// One exchange; `nanoDeadline` is a reading of [System#nanoTime], `Long.MAX_VALUE` for none.
    Reply exchange(Call call, String host, long nanoDeadline) throws IOException {
        deadline = nanoDeadline;
        write(call, host);
        String[] head = readHead().split("\r\n");
        int status = Integer.parseInt(head[0].split(" ")[1]);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < head.length; i++) {
            int colon = head[i].indexOf(':');
            String name = head[i].substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
            headers.merge(name, head[i].substring(colon + 1).strip(), (one, other) -> one + ", " + other);
        }
        reusable = !headers.getOrDefault("connection", "").equalsIgnoreCase("close");
        byte[] body = readBody(status, headers);
        lastUsed = System.nanoTime();
        headers.keySet().removeAll(java.util.List.of("connection", "content-length", "transfer-encoding", "date"));
        return new Reply(status, headers, body);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more, whatever the system thinks of it.
            reusable = false;
        }
    }

    private void write(Call call, String host) throws IOException {
        StringBuilder head = new StringBuilder(256);
        head.append(call.method()).append(' ').append(call.path()).append(" HTTP/1.1\r\n");
        head.append("host: ").append(host).append("\r\n");
        call.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (call.body().length > 0 || call.method().equals("POST")) {
            head.append("content-length: ").append(call.body().length).append("\r\n");
        }
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer message = ByteBuffer.allocate(bytes.length + call.body().length);
        message.put(bytes).put(call.body()).flip();
        while (message.hasRemaining()) {
            channel.write(message);
        }
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder(256);
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            head.append((char) readByte());
            if (head.length() > LONGEST_HEAD) {
                throw new ProtocolException("headers of more than " + LONGEST_HEAD + " bytes");
            }
        }
        return head.toString();
    }

    private byte[] readBody(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return readChunks();
        }
        String length = headers.get("content-length");
        if (length != null) {
            return readBytes(Integer.parseInt(length));
        }
        reusable = false;
        return readToEnd();
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(readLine().split(";")[0].strip(), 16);
            body.writeBytes(readBytes(size));
            if (size > 0) {
                readLine();
            }
        } while (size > 0);
        while (!readLine().isEmpty()) {
            // Trailers say nothing that a caller needs.
            lastUsed = System.nanoTime();
        }
        return body.toByteArray();
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = readByte(); c != '\n'; c = readByte()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private byte[] readBytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            if (next == end && !fill()) {
                throw new EOFException("the connection ended within an answer");
            }
            int part = Math.min(length - done, end - next);
            System.arraycopy(buffer, next, bytes, done, part);
            next += part;
            done += part;
        }
        return bytes;
    }

    private byte[] readToEnd() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (next < end || fill()) {
            body.write(buffer, next, end - next);
            next = end;
        }
        return body.toByteArray();
    }

    private int readByte() throws IOException {
        if (next == end && !fill()) {
            throw new EOFException("the connection ended before the end of an answer");
        }
        return buffer[next++] & 0xFF;
    }

    private boolean fill() throws IOException {
        int timeout = 0;
        if (deadline != Long.MAX_VALUE) {
            timeout = (int) Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
            if (timeout == 0) {
                throw new SocketTimeoutException("no answer in time");
            }
        }
        channel.socket().setSoTimeout(timeout);
        int read = channel.socket().getInputStream().read(buffer, 0, buffer.length);
        next = 0;
        end = Math.max(read, 0);
        return read > 0;
    }
}
