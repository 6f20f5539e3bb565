package dev.understudy.links;

import dev.understudy.links.Meter.Ending;
import dev.understudy.scenario.Service.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One connection of a caller and the one to a target that belongs to it. Only for the loop's thread.
///
/// ```
///            up:   ──fill──▶ meter, gate ──drain──▶
///  caller                                            target
///            down: ◀─drain── meter       ◀──fill──
/// ```
///
/// What happens on one side happens on the other: an end of the stream after all bytes before it, a reset at
/// once. On an ingress HTTP link a target that goes away while nothing is unanswered is replaced at the next
/// request instead, so that the caller never has to wonder whether a stale connection took it.
final class Connection {
    /// For how long a caller that ended its side is taken to wait for the rest of its answer.
    private static final Duration GRACE = Duration.ofMillis(250);

    private static final int MOST_ATTEMPTS = 3;

    /// How often a patient link looks whether its target listens by now.
    private static final Duration LOOK = Duration.ofMillis(20);

    private final LinkProxy proxy;
    private final LinkLoop loop;
    private final SocketChannel client;
    private final SelectionKey clientKey;
    private final Lane up;
    private final Lane down;
    private final Gate gate;
    private final Meter meter;
    private final long acceptedAt;
    private final Runnable wake = this::wake;
    private final Lane.Tap fromClient;
    private final Lane.Tap fromServer;
    private @Nullable SocketChannel server;
    private @Nullable InetSocketAddress target;
    private @Nullable SelectionKey serverKey;
    private boolean connected;
    private boolean upShut;
    private boolean downShut;
    private boolean closed;
    private boolean waiting;
    private int attempts;
    private long wakingAt = Gate.NEVER;

    Connection(LinkProxy proxy, LinkLoop loop, SocketChannel client) throws IOException {
        this.proxy = proxy;
        this.loop = loop;
        this.client = client;
        this.acceptedAt = loop.now();
        this.up = new Lane(loop.chunks());
        this.down = new Lane(loop.chunks());
        this.gate = new Gate(proxy::delayNanos);
        Ending ending = proxy::ended;
        this.meter = proxy.spec().protocol() == Protocol.HTTP
                ? new HttpMeter(gate, proxy.faults(), ending, proxy::countMalformed)
                : new TurnMeter(gate, ending);
        this.fromClient = (bytes, from, to, offset) -> meter.fromClient(bytes, from, to, offset, loop.now());
        this.fromServer = (bytes, from, to, _) -> meter.fromServer(bytes, from, to, loop.now());
        this.clientKey = loop.register(client, SelectionKey.OP_READ, this::clientReady);
    }

    /// Connects to the target, if that isn't left until the first request.
    void begin() {
        if (!proxy.isRenewing()) {
            open();
        }
        pump();
    }

    private void clientReady(SelectionKey key) {
        try {
            if (key.isReadable() && up.wantsMore()) {
                int count = up.fill(client, fromClient);
                proxy.countFromClient(Math.max(0, count));
                if (count < 0) {
                    meter.clientEnded(loop.now());
                    loop.at(loop.now() + GRACE.toNanos(), meter::clientGone);
                }
            }
        } catch (IOException callerGone) {
            cut();
            return;
        }
        pump();
    }

    private void serverReady(SelectionKey key) {
        SocketChannel callee = server;
        if (callee == null) {
            return;
        }
        try {
            if (!connected && key.isConnectable()) {
                connected = callee.finishConnect();
            }
            if (connected && key.isReadable() && down.wantsMore()) {
                int count = down.fill(callee, fromServer);
                attempts = count > 0 ? 0 : attempts;
                if (count < 0 && !isReplaceable()) {
                    meter.serverEnded(loop.now());
                }
            }
        } catch (IOException targetGone) {
            serverLost();
            return;
        }
        pump();
    }

    /// Moves what may move, and waits for what can happen next.
    void pump() {
        if (closed) {
            return;
        }
        try {
            passDown();
        } catch (IOException callerGone) {
            cut();
            return;
        }
        if (!closed && down.isEmpty() && meter.answering() > 0) {
            answer(meter.answering());
            return;
        }
        try {
            passUp();
        } catch (IOException targetGone) {
            serverLost();
            return;
        }
        if (upShut && downShut && !closed) {
            close();
        }
        if (!closed) {
            showInterest();
        }
    }

    /// The link itself answers, and ends the connection: what the caller still sends of its request is not read
    /// as another one.
    private void answer(int status) {
        meter.answered(loop.now());
        meter.broken(loop.now());
        release();
        Refusal.answer(loop, client, clientKey, status);
    }

    private void passUp() throws IOException {
        if (closed) {
            return;
        }
        long limit = gate.passable(loop.now());
        boolean pending = isPending(limit);
        if (pending && server != null && !proxy.leadsTo(target) && isReplaceable()) {
            dropServer();
        }
        if (server == null && pending && !waiting) {
            open();
        }
        SocketChannel callee = server;
        if (callee == null || !connected || isStale()) {
            return;
        }
        if (pending) {
            proxy.countToServer(up.drain(callee, limit));
        }
        if (up.isDone() && !upShut) {
            upShut = true;
            callee.shutdownOutput();
        }
    }

    private void passDown() throws IOException {
        if (!down.isEmpty()) {
            proxy.countToClient(down.drain(client, Gate.NEVER));
        }
        if (down.isDone() && isReplaceable()) {
            dropServer();
        } else if (down.isDone() && !downShut) {
            downShut = true;
            client.shutdownOutput();
        }
        if (server == null && up.isDone() && proxy.isRenewing()) {
            close();
        }
    }

    private boolean isPending(long limit) {
        return up.passed() < Math.min(limit, up.taken());
    }

    private boolean isReplaceable() {
        return proxy.isRenewing() && !downShut && attempts < MOST_ATTEMPTS && meter.isUntouched(up.passed());
    }

    /// Whether the target has gone and is to be replaced as soon as the caller has the end of its last answer.
    private boolean isStale() {
        return down.hasEnded() && isReplaceable();
    }

    private void showInterest() {
        boolean writing = isPending(gate.passable(loop.now())) && !isStale();
        clientKey.interestOps(interest(up.wantsMore(), !down.isEmpty()));
        SelectionKey targets = serverKey;
        if (targets != null) {
            targets.interestOps(connected ? interest(down.wantsMore(), writing) : SelectionKey.OP_CONNECT);
        }
        long due = gate.due();
        if (due < wakingAt) {
            wakingAt = due;
            loop.at(due, wake);
        }
    }

    private static int interest(boolean reading, boolean writing) {
        return (reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0);
    }

    private void wake() {
        wakingAt = Gate.NEVER;
        pump();
    }

    private void open() {
        InetSocketAddress wanted = proxy.nextTarget();
        target = wanted;
        attempts++;
        if (wanted == null) {
            serverLost();
            return;
        }
        try {
            SocketChannel opened = SocketChannel.open(Families.of(wanted));
            server = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connected = opened.connect(wanted);
            serverKey = loop.register(opened, SelectionKey.OP_CONNECT, this::serverReady);
        } catch (IOException refused) {
            serverLost();
        }
    }

    private void serverLost() {
        if (closed) {
            return;
        }
        if (!connected) {
            refused();
        } else if (isReplaceable()) {
            dropServer();
            pump();
        } else {
            cut();
        }
    }

    private void dropServer() {
        closeQuietly(server);
        server = null;
        serverKey = null;
        connected = false;
        down.reopen();
    }

    private void refused() {
        if (proxy.isPatient()) {
            waitForTarget();
            return;
        }
        proxy.countRefused();
        if (meter.broken(loop.now()) == 0) {
            proxy.ended(new Turn(0, acceptedAt, 0), loop.now(), 0);
        }
        if (proxy.isRenewing()) {
            release();
            Refusal.answer(loop, client, clientKey);
        } else {
            reset();
        }
    }

    private void waitForTarget() {
        closeQuietly(server);
        server = null;
        serverKey = null;
        attempts--;
        waiting = true;
        loop.at(loop.now() + LOOK.toNanos(), this::tryAgain);
    }

    private void tryAgain() {
        waiting = false;
        if (!closed) {
            open();
            pump();
        }
    }

    /// Whether something that `callee` has seen is unanswered.
    boolean isUnderWayAt(InetSocketAddress callee) {
        return !closed && server != null && callee.equals(target) && !meter.isUntouched(up.passed());
    }

    /// Ends it with a reset on both sides; everything unanswered has failed.
    void cut() {
        meter.broken(loop.now());
        reset();
    }

    private void reset() {
        LinkLoop.reset(client);
        SocketChannel callee = server;
        if (callee != null) {
            LinkLoop.reset(callee);
        }
        release();
    }

    private void close() {
        closeQuietly(client);
        release();
    }

    private void release() {
        closed = true;
        closeQuietly(server);
        server = null;
        up.clear();
        down.clear();
        proxy.forget(this);
    }

    private static void closeQuietly(@Nullable SocketChannel channel) {
        if (channel != null) {
            LinkLoop.close(channel);
        }
    }
}
