package dev.understudy.links;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Gives a caller of an HTTP link an answer of the link's own: that nobody took its request, or the status that was
/// asked for. Then reads what it still sends until it goes: closing at once would reset the connection and could take
/// the answer away again.
final class Refusal {
    private static final String REFUSED = "HTTP/1.1 502 Bad Gateway\r\n" + LinkProxy.REFUSED_HEADER
            + ": refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private static final int NO_CONTENT = 204;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final SocketChannel client;
    private final SelectionKey key;
    private final ByteBuffer answer;
    private final ByteBuffer rest = ByteBuffer.allocate(4096);

    private Refusal(SocketChannel client, SelectionKey key, String text) {
        this.client = client;
        this.key = key;
        this.answer = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// Takes over `client`, whose key is `key`, and says that nobody took its request.
    static void answer(LinkLoop loop, SocketChannel client, SelectionKey key) {
        answer(loop, client, key, REFUSED);
    }

    /// Takes over `client`, whose key is `key`, and answers with `status`, from 200 to 599, and no content.
    static void answer(LinkLoop loop, SocketChannel client, SelectionKey key, int status) {
        String length = status == NO_CONTENT ? "" : "Content-Length: 0\r\n";
        answer(loop, client, key, "HTTP/1.1 " + status + " \r\n" + length + "Connection: close\r\n\r\n");
    }

    private static void answer(LinkLoop loop, SocketChannel client, SelectionKey key, String text) {
        Refusal refusal = new Refusal(client, key, text);
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
