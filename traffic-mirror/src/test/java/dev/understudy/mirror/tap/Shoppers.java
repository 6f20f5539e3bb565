package dev.understudy.mirror.tap;

import dev.understudy.scenario.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sessions that talk to live side by side, each on its own connection, and check every answer.
final class Shoppers {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)");

    private Shoppers() {}

    /// An instance that logs sessions in (`POST /login` with the name as body) and echoes bodies otherwise.
    static RawServer.Script echo() {
        return (head, in, out) -> {
            String body = new String(in.readNBytes(length(head)), java.nio.charset.StandardCharsets.ISO_8859_1);
            String cookie = head.startsWith("POST /login") ? "Set-Cookie: session=" + body + "; Path=/\n" : "";
            String type = body.startsWith("{") ? "application/json" : "text/plain";
            out.write(RawServer.bytes("HTTP/1.1 200 OK\n" + cookie + "Content-Type: " + type + "\nContent-Length: "
                    + body.length() + "\n\n" + body));
        };
    }

    static int length(String head) {
        Matcher length = LENGTH.matcher(head);
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    /// `sessions` log in and then send `requests` of that body each; returns how many answers were wrong.
    static int shop(Endpoint at, int sessions, int requests, String body) throws InterruptedException {
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            String name = "s" + i;
            threads.add(Thread.ofVirtual().start(() -> {
                try (RawClient client = new RawClient(at)) {
                    if (!exchange(client, "POST /login HTTP/1.1\nHost: a\n", name)) {
                        wrong.incrementAndGet();
                    }
                    for (int n = 0; n < requests; n++) {
                        String head = "POST /orders/" + n + " HTTP/1.1\nHost: a\nCookie: session=" + name + "\n";
                        if (!exchange(client, head, body)) {
                            wrong.incrementAndGet();
                        }
                    }
                } catch (IOException e) {
                    wrong.addAndGet(requests);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return wrong.get();
    }

    static boolean exchange(RawClient client, String head, String body) throws IOException {
        String type = body.startsWith("{") ? "application/json" : "text/plain";
        client.send(head + "Content-Type: " + type + "\nContent-Length: " + body.length() + "\n\n" + body);
        String answer = client.head();
        return answer.startsWith("HTTP/1.1 200") && client.read(length(answer)).equals(body);
    }
}
