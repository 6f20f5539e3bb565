package dev.understudy.mirror.tap;

import io.vertx.core.net.NetSocket;

/// Two connections made one, after an upgrade: bytes pass both ways until either side ends.
final class Tunnel {
    private Tunnel() {}

    static void join(NetSocket client, NetSocket instance) {
        client.closeHandler(closed -> instance.close());
        instance.closeHandler(closed -> client.close());
        Flow.start(client, instance, part -> {}, instance::end);
        Flow.start(instance, client, part -> {}, client::end);
    }
}
