package dev.understudy.runtime.docker.engine;

import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Lets nothing but reading through, and notes which calls were made. Thread-safe.
final class GetOnly {
    private final EngineWire wire;
    private final Set<String> made = new ConcurrentSkipListSet<>();

    GetOnly(EngineWire wire) {
        this.wire = wire;
    }

    Reply ask(Call call) {
        return wire.ask(noted(call));
    }

    InputStream stream(Call call) {
        return wire.stream(noted(call), null, EngineWire.SHORT);
    }

    List<String> made() {
        return List.copyOf(made);
    }

    private Call noted(Call call) {
        if (!call.method().equals("GET")) {
            throw new IllegalArgumentException(
                    "'" + call.shape() + "' changes something: only reading is allowed here");
        }
        made.add(call.shape());
        return call;
    }
}
