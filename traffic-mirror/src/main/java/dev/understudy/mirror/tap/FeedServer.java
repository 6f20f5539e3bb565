package dev.understudy.mirror.tap;

import dev.understudy.mirror.feed.FeedCodec;
import dev.understudy.mirror.feed.FeedLine;
import dev.understudy.mirror.feed.FeedQuery;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Where runs subscribe (`GET /feed?…`) and look (`GET /status`), on an event loop that live doesn't use.
final class FeedServer extends VerticleBase {
    private final MirrorSettings settings;
    private final OpenExchanges open;
    private final Subscribers subscribers;
    private @Nullable HttpServer server;

    FeedServer(MirrorSettings settings, OpenExchanges open, Subscribers subscribers) {
        this.settings = settings;
        this.open = open;
        this.subscribers = subscribers;
    }

    @Override
    public Future<?> start() {
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHttp2ClearTextEnabled(false).setMaxInitialLineLength(16 << 10))
                .requestHandler(this::handle);
        return server.listen(settings.feed().port(), settings.feed().host());
    }

    int port() {
        return server == null ? settings.feed().port() : server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            refuse(request, 405, "only GET is known here");
            return;
        }
        switch (String.valueOf(request.path())) {
            case "/feed" -> subscribe(request);
            case "/status" ->
                request.response()
                        .putHeader("Content-Type", "application/x-ndjson")
                        .end(status());
            default -> refuse(request, 404, "known here: /feed and /status");
        }
    }

    private void subscribe(HttpServerRequest request) {
        FeedQuery query;
        try {
            query = FeedQuery.parse(request.uri());
        } catch (IllegalArgumentException e) {
            refuse(request, 400, String.valueOf(e.getMessage()));
            return;
        }
        Subscriber subscriber = new Subscriber(query.terms(), settings.limits());
        if (!subscribers.add(subscriber, settings.limits().subscribers())) {
            refuse(request, 503, "there are " + settings.limits().subscribers() + " subscribers already");
            return;
        }
        subscriber.startAt(open.mark());
        HttpServerResponse response = request.response();
        response.setChunked(true).putHeader("Content-Type", "application/x-ndjson");
        Runnable gone = () -> {
            subscriber.leave("subscriber-gone");
            subscribers.remove(subscriber);
        };
        response.closeHandler(closed -> gone.run());
        response.exceptionHandler(broken -> gone.run());
        Buffer hello = Buffer.buffer();
        FeedPump.append(hello, new FeedLine.Hello(FeedLine.VERSION, settings.service(), open.now()));
        response.write(hello);
        Runnable hangUp = () -> {
            gone.run();
            try {
                request.connection().close();
            } catch (RejectedExecutionException tapIsClosing) {
                // It closes this connection too.
            }
        };
        Thread.ofVirtual().name("mirror-pump").start(new FeedPump(subscriber, response, open, query.idle(), hangUp));
    }

    private Buffer status() {
        Buffer lines = Buffer.buffer();
        FeedPump.append(lines, new FeedLine.Hello(FeedLine.VERSION, settings.service(), open.now()));
        subscribers
                .counts()
                .forEach(counts -> lines.appendBytes(FeedCodec.encode(counts)).appendByte((byte) '\n'));
        return lines;
    }

    private static void refuse(HttpServerRequest request, int status, String why) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(why + "\n");
    }
}
