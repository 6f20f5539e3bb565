package dev.understudy.shop.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Calls one other service over HTTP/1.1 and keeps a few connections open for the next calls. A call is never
/// sent twice. Safe for any number of threads.
public final class HttpCaller implements AutoCloseable {
    private static final int MOST_IDLE = 32;
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);

    private final InetSocketAddress address;
    private final String host;
    private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();

    private HttpCaller(InetSocketAddress address, String host) {
        this.address = address;
        this.host = host;
    }

    /// Calls whoever listens at `http://host:port`. @throws IllegalArgumentException if `url` is anything else
    public static HttpCaller of(String url) {
        int colon = url.lastIndexOf(':');
        if (!url.matches("http://[^/:]+:\\d{1,5}")) {
            throw new IllegalArgumentException("'" + url + "' is not http://host:port");
        }
        String host = url.substring("http://".length(), colon);
        int port = Integer.parseInt(url.substring(colon + 1));
        return new HttpCaller(new InetSocketAddress(host, port), host + ":" + port);
    }

    /// Sends a call and waits for the whole answer, at most for `patience`, without end if that is empty.
    ///
    /// @throws SocketTimeoutException if patience ran out; the call may have had its effect
    /// @throws IOException if there is no connection or it broke; the call may have had its effect
    public Reply send(Call call, Optional<Duration> patience) throws IOException {
        long deadline =
                patience.map(limit -> System.nanoTime() + limit.toNanos()).orElse(Long.MAX_VALUE);
        HttpConnection connection = connect(patience);
        Reply reply;
        try {
            reply = connection.exchange(call, host, deadline);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
        if (connection.isReusable() && idle.size() < MOST_IDLE) {
            idle.addFirst(connection);
        } else {
            connection.close();
        }
        return reply;
    }

    @Override
    public void close() {
        for (HttpConnection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            next.close();
        }
    }

    private HttpConnection connect(Optional<Duration> patience) throws IOException {
        for (HttpConnection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (next.isUsable(LONGEST_IDLE)) {
                return next;
            }
            next.close();
        }
        return HttpConnection.open(address, patience.orElse(Duration.ZERO));
    }
}
