package dev.understudy.runtime.docker.engine;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes networks of a run, and puts its containers into them. Thread-safe.
public final class NetworkWork {
    private final EngineWire wire;
    private final Proof proof;

    NetworkWork(EngineWire wire, Proof proof) {
        this.wire = wire;
        this.proof = proof;
    }

    /// @param body as the engine's `NetworkCreate` takes it, without the name; labels in it stay
    public Made create(Mark mark, String name, ObjectNode body) {
        ObjectNode asked = body.deepCopy();
        asked.put("Name", name).put("CheckDuplicate", true);
        asked.withObject("/Labels").setAll(Json.object(mark.labels(proof.run())));
        JsonNode made =
                wire.send(Call.post("/networks/create"), asked, EngineWire.LONG).json();
        return proof.of(Made.Kind.NETWORK, made.path("Id").asString(""), name);
    }

    /// @param endpoint aliases, addresses and the like, as the engine's `EndpointConfig` takes them
    public void connect(Made network, Made container, ObjectNode endpoint) {
        proof.require(network);
        ObjectNode body = Json.object().put("Container", container.id());
        body.set("EndpointConfig", endpoint);
        wire.send(Call.post("/networks/{id}/connect", network.id()), body, EngineWire.LONG)
                .orThrow();
    }

    /// Fine if the container isn't in it.
    public void disconnect(Made network, Made container) {
        proof.require(network);
        Reply reply = disconnected(network, container.id());
        if (!reply.isNotThere() && !reply.reason().contains("is not connected")) {
            reply.orThrow();
        }
    }

    /// Fine if it has gone already.
    /// @throws dev.understudy.runtime.EnvironmentException if something is connected to it
    public void remove(Made network) {
        Reply reply = removed(network);
        if (!reply.isNotThere()) {
            reply.orThrow();
        }
    }

    Reply removed(Made network) {
        Call call = Call.delete("/networks/{id}", network.id());
        return proof.isStillThere(network) ? wire.ask(call, EngineWire.LONG) : new Reply(call, 404, new byte[0]);
    }

    Reply disconnected(Made network, String container) {
        ObjectNode body = Json.object().put("Container", container).put("Force", true);
        return wire.send(Call.post("/networks/{id}/disconnect", network.id()), body, EngineWire.LONG);
    }

    /// The containers of this run that the engine says are in it.
    List<String> own(Made network) {
        Reply reply = wire.ask(Call.get("/networks/{id}", network.id()));
        if (reply.isNotThere()) {
            return List.of();
        }
        return reply.json().path("Containers").propertyNames().stream()
                .filter(this::isOwn)
                .toList();
    }

    private boolean isOwn(String container) {
        Reply reply = wire.ask(Call.get("/containers/{id}/json", container));
        return reply.isNotThere()
                || Proof.labels(Made.Kind.CONTAINER, reply.json())
                        .path(Mark.RUN)
                        .asString("")
                        .equals(proof.run());
    }
}
