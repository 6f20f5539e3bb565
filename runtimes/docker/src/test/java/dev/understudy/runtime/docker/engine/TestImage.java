package dev.understudy.runtime.docker.engine;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A link image with the tests' own classes, and containers made from it.
public final class TestImage {
    static final Path CACHE = Path.of("target/link-images").toAbsolutePath();

    private TestImage() {}

    static LinkImage image() {
        return LinkImage.of(
                List.of("java.base"), List.of(Path.of("target/test-classes").toAbsolutePath()), CACHE);
    }

    /// The body of a container that says hello and goes on for so many seconds.
    static ObjectNode greeting(EngineAtHand engine, int seconds) {
        LinkImage image = image();
        ObjectNode body = Json.object().put("Image", image.ensure(engine.work(), line -> {}));
        body.set(
                "Cmd",
                Json.array(image.command(Greeting.class.getName(), 32, List.of("world", Integer.toString(seconds)))));
        return body;
    }
}
