package dev.understudy.links;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Tells a caller of an ingress HTTP link that nobody took its request, then reads what it still sends until it
/// goes: closing at once would reset the connection and could take the answer away again.
final class Refusal {
    private static final byte[] ANSWER = ("HTTP/1.1 502 Bad Gateway\r\n" + LinkProxy.REFUSED_HEADER
                    + ": refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final SocketChannel client;
    private final SelectionKey key;
    private final ByteBuffer answer = ByteBuffer.wrap(ANSWER);
    private final ByteBuffer rest = ByteBuffer.allocate(4096);

    private Refusal(SocketChannel client, SelectionKey key) {
        this.client = client;
        this.key = key;
    }

    /// Takes over `client`, whose key is `key`.
    static void answer(LinkLoop loop, SocketChannel client, SelectionKey key) {
        Refusal refusal = new Refusal(client, key);
        key.attach((LinkLoop.Ready) refusal::ready);
        loop.at(loop.now() + LONGEST.toNanos(), refusal::end);
        refusal.ready(key);
    }

    private void ready(SelectionKey ready) {
        try {
            if (answer.hasRemaining()) {
                client.write(answer);
                if (answer.hasRemaining()) {
                    key.interestOps(SelectionKey.OP_WRITE);
                    return;
                }
                client.shutdownOutput();
                key.interestOps(SelectionKey.OP_READ);
            }
            if (client.read(rest.clear()) < 0) {
                end();
            }
        } catch (IOException callerGone) {
            end();
        }
    }

    private void end() {
        LinkLoop.close(client);
    }
}
