package dev.understudy.links.entry;

import dev.understudy.links.LinkProxy;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/// Sends requests from outside into one arm, byte for byte as users sent them: HTTP/1.1 on connections that are kept,
/// one exchange at a time on each. The JDK's own client takes three times the CPU for it, on a machine whose CPU is
/// the arms', and neither lets `Host` nor every target through. Thread-safe; blocks the calling (virtual) thread.
public final class ArmHttp implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final Map<Integer, ConcurrentLinkedDeque<HttpWire>> idle = new ConcurrentHashMap<>();
    private final Set<HttpWire> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// Sends `request` to the loopback port `port`; gives up after `timeout`, whatever has come by then.
    public Answer exchange(int port, Request request, Duration timeout) {
        String refusal = HttpText.whyNotSendable(request);
        if (!refusal.isEmpty()) {
            return new Answer.Unanswered(Answer.Why.REFUSED, "not a request that can be sent: " + refusal);
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        HttpWire kept = kept(port);
        if (kept != null) {
            Answer answer = exchange(kept, port, request, deadline, timeout);
            if (answer != null) {
                return answer;
            }
        }
        HttpWire fresh;
        try {
            fresh = connect(port, timeout);
        } catch (IOException e) {
            return new Answer.Unanswered(Answer.Why.REFUSED, String.valueOf(e.getMessage()));
        }
        Answer answer = exchange(fresh, port, request, deadline, timeout);
        return answer == null
                ? new Answer.Unanswered(Answer.Why.BROKEN, "the connection ended without an answer")
                : answer;
    }

    /// The answer; null if the connection ended before one began and asking again does no harm.
    private @Nullable Answer exchange(HttpWire wire, int port, Request request, long deadline, Duration timeout) {
        try {
            Answer.Answered answer = wire.exchange(request, "127.0.0.1:" + port, deadline);
            if (wire.isReusable() && !closed) {
                waiting(port).addFirst(wire);
            } else {
                drop(wire);
            }
            return isRefusal(answer)
                    ? new Answer.Unanswered(Answer.Why.REFUSED, "'" + request.service() + "' refuses connections")
                    : answer;
        } catch (SocketTimeoutException e) {
            drop(wire);
            return new Answer.Unanswered(Answer.Why.TIMED_OUT, "nothing within " + timeout.toMillis() + " ms");
        } catch (IOException e) {
            drop(wire);
            return wire.isUnanswered() && request.isSafe()
                    ? null
                    : new Answer.Unanswered(Answer.Why.BROKEN, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isRefusal(Answer.Answered answer) {
        return answer.headers().stream().anyMatch(header -> header.name().equals(LinkProxy.REFUSED_HEADER));
    }

    private @Nullable HttpWire kept(int port) {
        ConcurrentLinkedDeque<HttpWire> waiting = waiting(port);
        for (HttpWire next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
            if (next.isStillOpen()) {
                return next;
            }
            drop(next);
        }
        return null;
    }

    private ConcurrentLinkedDeque<HttpWire> waiting(int port) {
        return idle.computeIfAbsent(port, _ -> new ConcurrentLinkedDeque<>());
    }

    private HttpWire connect(int port, Duration timeout) throws IOException {
        Duration patience = timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT;
        HttpWire wire = HttpWire.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), patience);
        open.add(wire);
        if (closed) {
            drop(wire);
            throw new IOException("the arm is closed");
        }
        return wire;
    }

    private void drop(HttpWire wire) {
        open.remove(wire);
        wire.close();
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(this::drop);
    }
}
