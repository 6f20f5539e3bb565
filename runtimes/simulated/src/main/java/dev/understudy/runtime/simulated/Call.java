package dev.understudy.runtime.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Link;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One request as a [Behaviour] sees it, with everything it may do about it: take time, call other services,
/// use stores. For the thread that serves it alone.
public final class Call {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final SimulatedSystem system;
    private final Incarnation server;
    private final Request request;

    Call(SimulatedSystem system, Incarnation server, Request request) {
        this.system = system;
        this.server = server;
        this.request = request;
    }

    /// What is asked.
    public Request request() {
        return request;
    }

    /// `METHOD path`, without a query.
    public String route() {
        String target = request.target();
        int query = target.indexOf('?');
        return request.method() + " " + (query < 0 ? target : target.substring(0, query));
    }

    /// The last segment of the path.
    public String lastSegment() {
        String route = route();
        return route.substring(route.lastIndexOf('/') + 1);
    }

    /// The body as JSON; a missing node if it is empty. Broken JSON throws.
    public JsonNode json() {
        return JSON.readTree(request.body());
    }

    /// A cookie of the request.
    public Optional<String> cookie(String name) {
        return request.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("Cookie"))
                .flatMap(header -> Arrays.stream(header.value().split(";\\s*")))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    /// A setting of the release that serves this.
    public Optional<String> setting(String name) {
        return Optional.ofNullable(server.release.settings().get(name)).map(Object::toString);
    }

    /// What this process remembers until it ends.
    public Map<String, Object> memory() {
        return server.memory;
    }

    /// Takes the time that this version needs for a piece of work.
    public void work() {
        long time = server.version.serving().draw(system.chance(server.service));
        server.busyNanos += time;
        timeline().sleepUntil(timeline().now() + time);
        requireAlive();
    }

    /// Calls another service and waits for its answer, however long it takes.
    public Answer call(Request to) {
        return call(to, Long.MAX_VALUE);
    }

    /// Calls another service and waits for its answer for `timeout`.
    public Answer call(Request to, Duration timeout) {
        return call(to, timeline().now() + timeout.toNanos());
    }

    /// Passes this request on to another service.
    public Answer passOnTo(String service) {
        return call(new Request(service, request.method(), request.target(), request.headers(), request.body()));
    }

    /// One turn-around with a store.
    /// @throws IllegalStateException if it can't be reached
    public <T> T on(String store, Function<Tables, T> query) {
        T result = system.turnAround(new Link(server.service, store), query);
        requireAlive();
        return result;
    }

    /// The next number of a sequence that belongs to the data of this copy; like those of databases, it has
    /// gaps.
    public long next(String sequence) {
        return system.next(sequence);
    }

    /// A text body as the field of a JSON object that another service answered; empty if it has none.
    public static String field(Answer answer, String name) {
        return answer instanceof Answer.Answered answered
                ? JSON.readTree(new String(answered.body(), UTF_8)).path(name).asString("")
                : "";
    }

    private Answer call(Request to, long deadline) {
        Answer answer = system.exchange(new Link(server.service, to.service()), to, deadline);
        requireAlive();
        return answer;
    }

    private Timeline timeline() {
        return system.timeline();
    }

    /// A process that was killed meanwhile does nothing any more, one that is paused nothing until it goes on.
    private void requireAlive() {
        server.awaitGoing(system.timeline());
        if (server.isDown()) {
            throw new Ended();
        }
    }

    /// The process that serves the call is gone.
    static final class Ended extends RuntimeException {
        Ended() {
            super("the process is gone", null, false, false);
        }
    }
}
