package dev.understudy.mirror.feed;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An open feed: lines one after the other, after the hello has been checked. One reader.
final class FeedConnection implements AutoCloseable {
    private static final int LONGEST_LINE = 16 << 20;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    /// A line and how many bytes it took.
    record Line(FeedLine value, long bytes) {}

    private final HttpClient client;
    private final InputStream feed;
    private final byte[] chunk = new byte[1 << 16];
    private int next;
    private int end;
    private final String service;
    private long clockAhead;

    private FeedConnection(HttpClient client, InputStream feed, String service) {
        this.client = client;
        this.feed = feed;
        this.service = service;
    }

    static FeedConnection open(Endpoint feed, String service, FeedQuery query) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .build();
        URI address = URI.create("http://" + feed + query.target());
        // No time-out: it would end the feed itself; the hello comes at once or the connection fails.
        HttpRequest request = HttpRequest.newBuilder(address).build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                String said = new String(response.body().readNBytes(1_000), StandardCharsets.UTF_8);
                throw new EnvironmentException(
                        "the mirror at " + feed + " refused to be subscribed: " + response.statusCode() + " " + said);
            }
            FeedConnection connection = new FeedConnection(client, response.body(), service);
            connection.greet(feed);
            return connection;
        } catch (IOException e) {
            client.shutdownNow();
            throw new EnvironmentException(
                    "no mirror at " + feed + ": " + e + ". Start live's own mirror with 'understudy mirror FILE'.", e);
        } catch (InterruptedException e) {
            client.shutdownNow();
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while subscribing at " + feed, e);
        } catch (RuntimeException e) {
            client.shutdownNow();
            throw e;
        }
    }

    private void greet(Endpoint feed) throws IOException {
        Optional<Line> first = next();
        if (first.isEmpty() || !(first.get().value() instanceof FeedLine.Hello hello)) {
            throw new EnvironmentException("what listens at " + feed + " is no mirror: it doesn't begin with a hello");
        }
        if (hello.version() != FeedLine.VERSION) {
            throw new EnvironmentException("the mirror at " + feed + " speaks version " + hello.version()
                    + " of the feed, this tool " + FeedLine.VERSION);
        }
        if (!hello.service().equals(service)) {
            throw new EnvironmentException(
                    "the mirror at " + feed + " mirrors '" + hello.service() + "', not '" + service + "'");
        }
        Instant now = Instant.now();
        clockAhead = hello.clock() - (now.getEpochSecond() * 1_000_000_000L + now.getNano());
    }

    long clockAheadNanos() {
        return clockAhead;
    }

    /// The next line; empty at the end.
    Optional<Line> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1_024);
        while (next < end || fill()) {
            int newline = newline();
            line.write(chunk, next, newline - next);
            next = newline;
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a feed line longer than " + LONGEST_LINE + " bytes");
            }
            if (newline < end) {
                next++;
                byte[] bytes = line.toByteArray();
                return Optional.of(new Line(FeedCodec.decode(bytes, service), bytes.length));
            }
        }
        return Optional.empty();
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, feed.read(chunk));
        return end > 0;
    }

    private int newline() {
        for (int i = next; i < end; i++) {
            if (chunk[i] == '\n') {
                return i;
            }
        }
        return end;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
