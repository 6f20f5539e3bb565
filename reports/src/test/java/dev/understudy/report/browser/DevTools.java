package dev.understudy.report.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The wire to a browser: its DevTools protocol (`https://chromedevtools.github.io/devtools-protocol/`), one
/// question after the other. For one thread.
final class DevTools implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HttpClient client;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> messages;
    private int asked;

    private DevTools(HttpClient client, WebSocket socket, BlockingQueue<JsonNode> messages) {
        this.client = client;
        this.socket = socket;
        this.messages = messages;
    }

    static DevTools connect(URI address) {
        BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        HttpClient client = HttpClient.newHttpClient();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(address, new Listener(messages))
                .join();
        return new DevTools(client, socket, messages);
    }

    /// Asks and waits for the answer; events that come before it go to `events`.
    /// @param session of a tab, or empty for the browser itself
    JsonNode ask(String session, String method, Map<String, ?> parameters, List<JsonNode> events) throws IOException {
        ObjectNode question = JsonMapper.shared().createObjectNode();
        question.put("id", ++asked);
        question.put("method", method);
        question.set("params", JsonMapper.shared().valueToTree(parameters));
        if (!session.isEmpty()) {
            question.put("sessionId", session);
        }
        socket.sendText(question.toString(), true).join();
        while (true) {
            JsonNode message = next(method);
            if (message.path("id").asInt(0) != asked) {
                events.add(message);
            } else if (message.has("error")) {
                throw new IOException(method + ": " + message.path("error"));
            } else {
                return message.path("result");
            }
        }
    }

    /// The next message, whatever it is.
    JsonNode next(String waitingFor) throws IOException {
        try {
            JsonNode message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (message == null) {
                throw new IOException("the browser does not answer: " + waitingFor);
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.close();
    }

    /// Puts the parts of messages together.
    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> messages;
        private final StringBuilder part = new StringBuilder();

        private Listener(BlockingQueue<JsonNode> messages) {
            this.messages = messages;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                messages.add(JsonMapper.shared().readTree(part.toString()));
                part.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, data, last);
        }
    }
}
