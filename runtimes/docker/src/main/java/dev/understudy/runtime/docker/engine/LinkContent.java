package dev.understudy.runtime.docker.engine;

import java.io.IOException;

/// What an image of link containers is made of. Immutable.
sealed interface LinkContent permits LinkRoot, LinkLayer {
    /// What is in it, with digests; two that list the same are the same.
    String listing();

    /// The Java that runs in it.
    String java();

    /// Whether it runs only on an engine with the system and the processors of this host.
    boolean isOfThisHost();

    /// Has the engine make the image.
    /// @param label `name=value`
    /// @return its id
    String make(ImageWork images, String tag, String label) throws IOException;
}
