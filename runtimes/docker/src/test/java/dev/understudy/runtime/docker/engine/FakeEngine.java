package dev.understudy.runtime.docker.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// What listens where an engine would, and answers as a test wants: HTTP of the JDK's.
final class FakeEngine implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    FakeEngine() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        answers("/version", 200, "{\"ApiVersion\": \"1.43\", \"MinAPIVersion\": \"1.24\", \"Version\": \"24.0\"}");
        answers("/v1.43/version", 200, "{\"ApiVersion\": \"1.43\"}");
    }

    /// @param path without the query
    FakeEngine answers(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
        return this;
    }

    EngineAddress address() {
        return new EngineAddress(
                URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()), Optional.empty(), "a test");
    }

    /// Methods and targets, as they came.
    List<String> calls() {
        return List.copyOf(calls);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            Answer answer = answers.getOrDefault(
                    exchange.getRequestURI().getPath(), new Answer(404, "{\"message\": \"page not found\"}"));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
