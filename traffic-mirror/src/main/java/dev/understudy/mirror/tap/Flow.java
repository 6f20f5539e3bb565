package dev.understudy.mirror.tap;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.function.Consumer;

/// Passes bytes on as fast as the slower side allows, and shows each part to a witness, which must not wait.
final class Flow {
    private Flow() {}

    static void start(ReadStream<Buffer> from, WriteStream<Buffer> to, Consumer<Buffer> witness, Runnable atEnd) {
        from.handler(part -> {
            witness.accept(part);
            to.write(part);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(drained -> from.resume());
            }
        });
        from.endHandler(ended -> atEnd.run());
        from.resume();
    }
}
