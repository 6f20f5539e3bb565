package dev.understudy.runtime.docker;

import dev.understudy.runtime.docker.engine.LinkImage;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How our own programs are run in containers.
///
/// @param image its id in the engine
record LinkProgram(LinkImage made, String image) {
    private static final int MEGABYTES = 64;

    /// Has a container run `main`.
    void into(ObjectNode body, String main, List<String> words) {
        body.put("Image", image);
        List<String> command = made.command(main, MEGABYTES, words);
        ArrayNode list = body.putArray("Cmd");
        command.forEach(list::add);
    }
}
