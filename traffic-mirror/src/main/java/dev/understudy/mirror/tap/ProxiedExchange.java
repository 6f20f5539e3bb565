package dev.understudy.mirror.tap;

import dev.understudy.runtime.Request;
import dev.understudy.runtime.Request.Header;
import dev.understudy.scenario.Endpoint;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// One exchange on its way through the proxy. Confined to the event loop of its client connection.
///
///     client ──request──▶ Flow ──▶ instance
///                          └▶ copy ─┐
///     client ◀──answer─── Flow ◀── instance        when both have ended: a Sighting to the witness
///                          └▶ copy ─┘
///
/// The copies are all the mirror adds to the path. Only if no instance takes the connection, or one drops a
/// connection that had been idle before a request without a body and with a safe method was answered, is
/// another one tried.
final class ProxiedExchange {
    private static final int MOST_STALE_CONNECTIONS = 3;

    private final LiveProxy proxy;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final long began;
    private final long beganNanos;
    private final String connection;
    private final @Nullable BodyCopy requestCopy;
    private final @Nullable BodyCopy answerCopy;
    private @Nullable HttpClientRequest upstream;
    private int staleConnections;
    private int status;
    private List<Header> answerHeaders = List.of();
    private boolean over;

    ProxiedExchange(LiveProxy proxy, HttpServerRequest request, String connection) {
        this.proxy = proxy;
        this.request = request;
        this.connection = connection;
        response = request.response();
        began = proxy.open().begin();
        beganNanos = System.nanoTime();
        requestCopy = proxy.copy();
        answerCopy = proxy.copy();
    }

    void begin() {
        request.pause();
        response.exceptionHandler(broken -> abort());
        response.closeHandler(closed -> abort());
        request.exceptionHandler(broken -> abort());
        if (request.method().equals(HttpMethod.CONNECT) || !isUnderstood(request)) {
            refuse(501, "this mirror passes on plain HTTP/1.1 requests only\n");
            return;
        }
        connect(proxy.firstInstance(), 0);
    }

    private static boolean isUnderstood(HttpServerRequest request) {
        List<String> codings = request.headers().getAll("transfer-encoding");
        return codings.isEmpty()
                || (codings.size() == 1 && codings.getFirst().strip().equalsIgnoreCase("chunked"));
    }

    private void connect(int instance, int tried) {
        List<Endpoint> instances = proxy.instances();
        Endpoint at = instances.get((instance + tried) % instances.size());
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setURI(request.uri())
                .setServer(SocketAddress.inetSocketAddress(at.port(), at.host()))
                .setHost(at.host())
                .setPort(at.port());
        HttpClient client = proxy.client();
        client.request(options).onComplete(connected -> {
            if (over) {
                if (connected.succeeded()) {
                    connected.result().reset();
                }
            } else if (connected.succeeded()) {
                send(connected.result(), instance);
            } else if (tried + 1 < instances.size()) {
                connect(instance, tried + 1);
            } else {
                refuse(502, "no instance of " + proxy.service() + " takes connections\n");
            }
        });
    }

    private void send(HttpClientRequest to, int instance) {
        upstream = to;
        HopByHop.copyRest(request.headers(), to.headers());
        forwardedFor(to.headers());
        to.exceptionHandler(failure -> {});
        boolean webSocket = HopByHop.isWebSocket(request.headers());
        if (webSocket) {
            to.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
            to.connect().onSuccess(this::upgradedOrAnswered).onFailure(failure -> failed(instance));
            return;
        }
        to.response().onSuccess(this::answer).onFailure(failure -> failed(instance));
        if (!hasBody()) {
            to.end();
            return;
        }
        to.setChunked(request.getHeader("content-length") == null);
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            to.continueHandler(go -> {
                if (!over && !response.headWritten()) {
                    response.writeContinue();
                }
            });
            to.sendHead();
        }
        Flow.start(request, to, part -> keep(requestCopy, part), to::end);
    }

    private boolean hasBody() {
        String length = request.getHeader("content-length");
        return request.getHeader("transfer-encoding") != null || (length != null && !length.equals("0"));
    }

    private void forwardedFor(MultiMap headers) {
        SocketAddress client = request.remoteAddress();
        if (client != null && client.hostAddress() != null) {
            String before = headers.get("X-Forwarded-For");
            String now = before == null ? client.hostAddress() : before + ", " + client.hostAddress();
            headers.set("X-Forwarded-For", now);
        }
    }

    private void failed(int instance) {
        if (over) {
            return;
        }
        boolean repeatable = !hasBody() && isSafe() && staleConnections++ < MOST_STALE_CONNECTIONS;
        if (response.headWritten()) {
            abort();
        } else if (repeatable) {
            connect(instance, 0);
        } else {
            refuse(502, proxy.service() + " ended the connection without an answer\n");
        }
    }

    private boolean isSafe() {
        HttpMethod method = request.method();
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || method.equals(HttpMethod.OPTIONS);
    }

    private void answer(HttpClientResponse from) {
        if (over) {
            return;
        }
        status = from.statusCode();
        answerHeaders = headers(from.headers());
        response.setStatusCode(status).setStatusMessage(from.statusMessage());
        HopByHop.copyRest(from.headers(), response.headers());
        if (!request.isEnded() && hasBody() && request.getHeader("expect") != null) {
            // The client may never send the body now, so this connection can't carry another request.
            response.putHeader("Connection", "close");
        }
        if (request.method().equals(HttpMethod.HEAD) || status == 204 || status == 304) {
            from.endHandler(ended -> finish());
            from.resume();
            return;
        }
        boolean sized = from.getHeader("content-length") != null;
        response.setChunked(!sized && request.version() == HttpVersion.HTTP_1_1);
        from.exceptionHandler(broken -> abort());
        Flow.start(from, response, part -> keep(answerCopy, part), () -> {
            if (response.isChunked()) {
                response.trailers().addAll(from.trailers());
            }
            finish();
        });
    }

    private void upgradedOrAnswered(HttpClientResponse from) {
        if (from.statusCode() != 101) {
            answer(from);
            return;
        }
        if (over) {
            return;
        }
        response.setStatusCode(101);
        from.headers().forEach(header -> response.headers().add(header.getKey(), header.getValue()));
        status = 101;
        over = true;
        report("upgraded");
        request.toNetSocket()
                .onSuccess(client -> Tunnel.join(client, from.netSocket()))
                .onFailure(failure -> from.netSocket().close());
    }

    private static void keep(@Nullable BodyCopy copy, Buffer part) {
        if (copy != null) {
            copy.take(part);
        }
    }

    private void finish() {
        if (over) {
            return;
        }
        over = true;
        boolean halfSent = hasBody() && !request.isEnded();
        response.end();
        if (halfSent && upstream != null) {
            upstream.reset();
        }
        report(halfSent ? "incomplete" : "");
    }

    private void refuse(int code, String why) {
        if (over) {
            return;
        }
        over = true;
        response.setStatusCode(code).putHeader("Content-Type", "text/plain; charset=utf-8");
        if (hasBody() && !request.isEnded()) {
            response.putHeader("Connection", "close");
        }
        response.end(why);
        request.resume();
        report("no-answer");
    }

    private void abort() {
        if (over) {
            return;
        }
        over = true;
        if (upstream != null) {
            upstream.reset();
        }
        if (!response.closed()) {
            request.connection().close();
        }
        report("incomplete");
    }

    /// Hands the exchange to the mirror, after live has all it needs; `spoiled` is empty if it can be mirrored.
    private void report(String spoiled) {
        if (requestCopy != null && answerCopy != null) {
            Optional<String> why = Optional.of(spoiled)
                    .filter(reason -> !reason.isEmpty())
                    .or(requestCopy::gaveUp)
                    .or(answerCopy::gaveUp);
            proxy.witness().accept(sighting(requestCopy, answerCopy, why));
            requestCopy.release();
            answerCopy.release();
        }
        proxy.open().end(began);
    }

    private Sighting sighting(BodyCopy asked, BodyCopy answered, Optional<String> spoiled) {
        byte[] none = new byte[0];
        Request seen = new Request(
                proxy.service(),
                request.method().name(),
                request.uri(),
                headers(request.headers()),
                spoiled.isPresent() ? none : asked.bytes());
        return new Sighting(
                began,
                System.nanoTime() - beganNanos,
                connection,
                seen,
                status,
                answerHeaders,
                spoiled.isPresent() ? none : answered.bytes(),
                spoiled);
    }

    private static List<Header> headers(MultiMap headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .map(header -> new Header(header.getKey(), header.getValue()))
                .toList();
    }
}
