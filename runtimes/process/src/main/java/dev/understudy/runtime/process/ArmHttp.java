package dev.understudy.runtime.process;

import dev.understudy.links.LinkProxy;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/// Sends requests from outside into one arm. Thread-safe; blocks the calling (virtual) thread.
final class ArmHttp implements AutoCloseable {
    /// These belong to a connection, not to a request, or are made anew by the client.
    private static final Set<String> LEFT_OUT = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "transfer-encoding",
            "content-length",
            "expect",
            "upgrade",
            "te",
            "trailer",
            "http2-settings");

    /// Services build links from `Host`, so it should go through as users sent it. The client only lets it
    /// if the
    /// property
    /// `jdk.httpclient.allowRestrictedHeaders` named it before the client was first used: the launcher does.
    private static final boolean HOST_MAY_BE_SET = hostMayBeSet();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /// Sends `request` to the loopback port `port`.
    Answer exchange(int port, Request request, Duration timeout) {
        try {
            HttpResponse<byte[]> response =
                    client.send(built(port, request, timeout), HttpResponse.BodyHandlers.ofByteArray());
            if (response.headers().firstValue(LinkProxy.REFUSED_HEADER).isPresent()) {
                return new Answer.Unanswered(Answer.Why.REFUSED, "'" + request.service() + "' refuses connections");
            }
            List<Request.Header> headers = new ArrayList<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> values.forEach(value -> headers.add(new Request.Header(name, value))));
            return new Answer.Answered(response.statusCode(), headers, response.body());
        } catch (ConnectException e) {
            return new Answer.Unanswered(Answer.Why.REFUSED, String.valueOf(e.getMessage()));
        } catch (HttpTimeoutException e) {
            return new Answer.Unanswered(Answer.Why.TIMED_OUT, "nothing within " + timeout.toMillis() + " ms");
        } catch (IOException e) {
            return new Answer.Unanswered(Answer.Why.BROKEN, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unanswered(Answer.Why.BROKEN, "interrupted");
        } catch (IllegalArgumentException e) {
            return new Answer.Unanswered(Answer.Why.REFUSED, "not a request that can be sent: " + e.getMessage());
        }
    }

    private static HttpRequest built(int port, Request request, Duration timeout) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + request.target()))
                .timeout(timeout)
                .method(
                        request.method(),
                        request.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(request.body()));
        for (Request.Header header : request.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!LEFT_OUT.contains(name) && (HOST_MAY_BE_SET || !name.equals("host"))) {
                builder.header(header.name(), header.value());
            }
        }
        return builder.build();
    }

    private static boolean hostMayBeSet() {
        if (System.getProperty("jdk.httpclient.allowRestrictedHeaders") == null) {
            System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        }
        try {
            HttpRequest.newBuilder().header("host", "any");
            return true;
        } catch (IllegalArgumentException tooLate) {
            return false;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
