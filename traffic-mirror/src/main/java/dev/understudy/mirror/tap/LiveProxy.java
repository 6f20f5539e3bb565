package dev.understudy.mirror.tap;

import dev.understudy.scenario.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The reverse proxy in the path of live, on one event loop; several of them share an address.
final class LiveProxy extends VerticleBase {
    private static final int LONGEST_HEAD = 64 << 10;
    private static final int CONNECT_MILLIS = 5_000;
    // Below the idle time-outs of common servers (Node 5 s), so that the server is not the first to hang up.
    private static final int KEEP_ALIVE_SECONDS = 3;

    private final MirrorSettings settings;
    private final OpenExchanges open;
    private final Subscribers witness;
    private final AtomicLong budget;
    private final AtomicInteger turn;
    private final AtomicLong connections;
    private final Map<HttpConnection, String> names = new HashMap<>();
    private final int port;
    private @Nullable HttpServer server;
    private @Nullable HttpClient client;

    LiveProxy(MirrorSettings settings, int port, OpenExchanges open, Subscribers witness, Shared shared) {
        this.settings = settings;
        this.port = port;
        this.open = open;
        this.witness = witness;
        budget = shared.budget();
        turn = shared.turn();
        connections = shared.connections();
    }

    /// What the proxies of one mirror have in common.
    record Shared(AtomicLong budget, AtomicInteger turn, AtomicLong connections) {
        static Shared of(MirrorSettings settings) {
            return new Shared(new AtomicLong(settings.limits().copiedBytes()), new AtomicInteger(), new AtomicLong());
        }
    }

    @Override
    public Future<?> start() {
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setMaxHeaderSize(LONGEST_HEAD)
                        .setMaxInitialLineLength(LONGEST_HEAD)
                        .setTcpKeepAlive(true),
                new PoolOptions()
                        .setHttp1MaxSize(10_000)
                        .setMaxWaitQueueSize(-1)
                        .setCleanerPeriod(1_000));
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHttp2ClearTextEnabled(false)
                        .setMaxHeaderSize(LONGEST_HEAD)
                        .setMaxInitialLineLength(LONGEST_HEAD)
                        .setTcpKeepAlive(true))
                .connectionHandler(this::name)
                .requestHandler(request -> new ProxiedExchange(this, request, name(request.connection())).begin())
                .exceptionHandler(brokenConnection -> {});
        return server.listen(port, settings.at().host());
    }

    @Override
    public Future<?> stop() {
        Future<?> stopped = server == null ? Future.succeededFuture() : server.close();
        return client == null ? stopped : stopped.eventually(client::close);
    }

    int port() {
        return server == null ? port : server.actualPort();
    }

    private String name(HttpConnection connection) {
        return names.computeIfAbsent(connection, fresh -> {
            fresh.closeHandler(closed -> names.remove(fresh));
            return "connection:" + connections.incrementAndGet();
        });
    }

    String service() {
        return settings.service();
    }

    List<Endpoint> instances() {
        return settings.instances();
    }

    int firstInstance() {
        return Math.floorMod(turn.getAndIncrement(), settings.instances().size());
    }

    HttpClient client() {
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        return client;
    }

    OpenExchanges open() {
        return open;
    }

    Subscribers witness() {
        return witness;
    }

    /// A place to copy a body to; none if nobody subscribes.
    @Nullable
    BodyCopy copy() {
        return witness.isEmpty() ? null : new BodyCopy(settings.limits().bodyBytes(), budget);
    }
}
