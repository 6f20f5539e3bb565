package dev.understudy.shop.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An HTTP/1.1 server that ends cleanly: on SIGTERM it finishes what is in flight, turns newcomers
/// away with 503, and the process exits with 0.
public final class HttpService {
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(4);
    private static final int LONGEST_QUEUE = 1_000;

    private final Log log;
    private final HttpServer server;
    private final Handler handler;
    private final Phaser inFlight = new Phaser(1);
    private volatile boolean stopping;
    private volatile Runnable lastWords = () -> {};

    private HttpService(Log log, HttpServer server, Handler handler) {
        this.log = log;
        this.server = server;
        this.handler = handler;
    }

    /// Answers requests; called by many threads at once.
    @FunctionalInterface
    public interface Handler {
        /// The answer. A [Refusal] is answered as it says, any other exception with 500.
        Reply answer(Call call) throws Exception;
    }

    /// The same on this machine's own address.
    public static HttpService start(Log log, int port, int threads, Handler handler) throws IOException {
        return start(log, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), threads, handler);
    }

    /// Listens there (port 0: any free one) and answers on up to `threads` threads, until SIGTERM.
    ///
    /// @throws IOException if the port is taken
    public static HttpService start(Log log, InetSocketAddress at, int threads, Handler handler) throws IOException {
        // Without the first, an answer of two packets waits 40 ms for a delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
        HttpServer server = HttpServer.create(at, 256);
        HttpService service = new HttpService(log, server, handler);
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(LONGEST_QUEUE));
        workers.allowCoreThreadTimeOut(true);
        server.setExecutor(workers);
        server.createContext("/", service::serve);
        Runtime.getRuntime().addShutdownHook(new Thread(service::stop, "stop"));
        server.start();
        log.say("listening on " + at.getAddress().getHostAddress() + ":" + service.port());
        return service;
    }

    /// The port it listens on.
    public int port() {
        return server.getAddress().getPort();
    }

    /// Runs `lastWords` after the last answer, before the process ends.
    public void atTheEnd(Runnable lastWords) {
        this.lastWords = lastWords;
    }

    private void serve(HttpExchange exchange) throws IOException {
        inFlight.register();
        try (exchange) {
            send(exchange, stopping ? closing() : answer(read(exchange)));
        } finally {
            inFlight.arriveAndDeregister();
        }
    }

    private Reply answer(Call call) {
        try {
            return handler.answer(call);
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            log.error(call.method() + " " + call.path(), e);
            return Reply.json(500, Json.object("error", e.getClass().getSimpleName() + ": " + e.getMessage()));
        }
    }

    private static Reply closing() {
        return Reply.json(503, Json.object("error", "stopping"))
                .with("retry-after", "1")
                .with("connection", "close");
    }

    private static Call read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        return new Call(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        if (reply.body().length > 0) {
            exchange.getResponseBody().write(reply.body());
        }
    }

    private void stop() {
        stopping = true;
        boolean finished = true;
        try {
            inFlight.awaitAdvanceInterruptibly(inFlight.arrive(), LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException e) {
            finished = false;
        }
        server.stop(0);
        lastWords.run();
        log.say(finished ? "stopped" : "stopped, with requests unfinished after " + LONGEST_GOODBYE);
        // A JVM that ends by SIGTERM would report 143; this end was asked for and is clean.
        Runtime.getRuntime().halt(0);
    }
}
