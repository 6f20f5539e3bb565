package dev.understudy.runtime.docker.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Carries calls to one engine: HTTP over its socket, a time limit on each, the negotiated version before each
/// path. Thread-safe.
final class EngineWire implements AutoCloseable {
    /// For calls that only look something up.
    static final Duration SHORT = Duration.ofMinutes(1);
    /// For calls that make the engine do something with disks or networks.
    static final Duration LONG = Duration.ofMinutes(2);

    private static final int LARGEST_ANSWER = 256 << 20;

    private final DockerHttpClient client;
    private final EngineAddress address;
    private final Optional<SshBridge> bridge;
    private final String prefix;

    EngineWire(DockerHttpClient client, EngineAddress address, Optional<SshBridge> bridge, String prefix) {
        this.client = client;
        this.address = address;
        this.bridge = bridge;
        this.prefix = prefix;
    }

    /// The same connections, with calls in another version of the API.
    EngineWire speaking(String version) {
        return new EngineWire(client, address, bridge, "/v" + version);
    }

    EngineAddress address() {
        return address;
    }

    Reply ask(Call call) {
        return ask(call, SHORT);
    }

    Reply ask(Call call, Duration limit) {
        return exchange(call, request(call), limit);
    }

    Reply send(Call call, JsonNode body, Duration limit) {
        Request.Builder request =
                request(call).putHeader("Content-Type", "application/json").bodyBytes(Json.bytes(body));
        return exchange(call, request, limit);
    }

    /// @param tar read while it is sent; closed by whoever opened it
    Reply send(Call call, InputStream tar, Duration limit) {
        return exchange(
                call,
                request(call).putHeader("Content-Type", "application/x-tar").body(tar),
                limit);
    }

    /// An answer that is read as it comes.
    /// @param limit until the answer begins
    /// @throws EnvironmentException if the engine refuses
    InputStream stream(Call call, @Nullable JsonNode body, Duration limit) {
        Request.Builder request = request(call);
        if (body != null) {
            request.putHeader("Content-Type", "application/json").bodyBytes(Json.bytes(body));
        }
        return begun(call, request, limit);
    }

    /// The same for a call with a tar as its body.
    InputStream stream(Call call, InputStream tar, Map<String, String> headers, Duration limit) {
        Request.Builder request = request(call)
                .putHeader("Content-Type", "application/x-tar")
                .putAllHeaders(headers)
                .body(tar);
        return begun(call, request, limit);
    }

    /// The same for a call with headers and no body.
    InputStream streamWith(Call call, Map<String, String> headers, Duration limit) {
        return begun(call, request(call).putAllHeaders(headers), limit);
    }

    private InputStream begun(Call call, Request.Builder request, Duration limit) {
        Response response = attempt(call, limit, () -> client.execute(request.build()));
        if (response.getStatusCode() >= 300) {
            try (response) {
                byte[] body = attempt(call, SHORT, () -> response.getBody().readNBytes(LARGEST_ANSWER));
                throw new Reply(call, response.getStatusCode(), body).refusal();
            }
        }
        return new OpenAnswer(response);
    }

    private Reply exchange(Call call, Request.Builder request, Duration limit) {
        return attempt(call, limit, () -> {
            try (Response response = client.execute(request.build())) {
                return new Reply(
                        call, response.getStatusCode(), response.getBody().readNBytes(LARGEST_ANSWER));
            }
        });
    }

    private Request.Builder request(Call call) {
        return Request.builder().method(call.method()).path(prefix + call.target());
    }

    private <T> T attempt(Call call, Duration limit, java.util.concurrent.Callable<T> work) {
        try {
            return Patience.within(limit, call + " at " + address.uri(), work);
        } catch (IOException e) {
            String ssh = bridge.map(SshBridge::complaint)
                    .filter(said -> !said.isEmpty())
                    .map(said -> "; ssh said: " + said)
                    .orElse("");
            throw new EnvironmentException(call + " at " + address + ": " + Reasons.of(e) + ssh, e);
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new EnvironmentException("the connection to " + address + " can't be closed: " + e.getMessage(), e);
        } finally {
            bridge.ifPresent(SshBridge::close);
        }
    }
}
