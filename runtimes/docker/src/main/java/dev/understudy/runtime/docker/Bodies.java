package dev.understudy.runtime.docker;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What every request for a new thing has in it.
final class Bodies {
    private Bodies() {}

    /// Whose it is.
    static ObjectNode labelled(Owner owner) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("Labels").put(Owner.LABEL, owner.toString());
        return body;
    }
}
