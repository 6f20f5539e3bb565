package dev.understudy.links;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.LinkHandle;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The proxy on one link. Public methods are thread-safe and act before they return; they must not be called by
/// whoever is handed samples, on the loop's thread.
public final class LinkProxy implements LinkHandle, AutoCloseable {
    /// Stands in an answer that an ingress HTTP link gives by itself: nobody took the request.
    public static final String REFUSED_HEADER = "Understudy-Link";

    private static final int ACCEPTED_AT_ONCE = 64;

    private final LinkLoop loop;
    private final LinkSpec spec;
    private final boolean ingress;
    private final InetSocketAddress address;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Map<String, Disturbance> disturbances = new LinkedHashMap<>();
    private final HttpFaults faults = new HttpFaults();
    private List<InetSocketAddress> targets;
    private @Nullable ServerSocketChannel listener;
    private @Nullable SelectionKey listenerKey;
    private long delayNanos;
    private boolean patient;
    private int next;
    private boolean closed;
    private long accepted;
    private long refused;
    private long malformed;
    private long fromClient;
    private long toServer;
    private long toClient;

    LinkProxy(LinkLoop loop, LinkSpec spec, boolean ingress, ServerSocketChannel listener) throws IOException {
        this.loop = loop;
        this.spec = spec;
        this.ingress = ingress;
        this.targets = spec.targets();
        this.address = (InetSocketAddress) listener.getLocalAddress();
        hearken(listener);
    }

    /// One that listens nowhere: see [LinkLoop#entrance].
    LinkProxy(LinkLoop loop, LinkSpec spec) {
        this.loop = loop;
        this.spec = spec;
        this.ingress = true;
        this.targets = spec.targets();
        this.address = spec.at();
    }

    @Override
    public Link link() {
        return spec.link();
    }

    /// Where callers connect.
    public InetSocketAddress address() {
        return address;
    }

    /// The port where callers connect.
    public int port() {
        return address.getPort();
    }

    /// What was counted until now.
    public LinkCounts counts() {
        return loop.ask(
                () -> new LinkCounts(accepted, connections.size(), refused, malformed, fromClient, toServer, toClient));
    }

    /// {@inheritDoc}
    ///
    /// A refusing link has no listener, so that connecting fails as it does without a process. An ingress
    /// listener belongs to another network namespace than the loop and stays: it answers 502 (HTTP) or resets
    /// (TCP).
    @Override
    public void disturb(String id, Disturbance disturbance) {
        if (spec.protocol() != Protocol.HTTP
                && (disturbance instanceof Disturbance.Hold || disturbance instanceof Disturbance.Status)) {
            throw new IllegalArgumentException("no HTTP is spoken on link " + spec.link());
        }
        loop.ask(() -> {
            disturbances.put(id, disturbance);
            faults.put(id, disturbance);
            apply();
            if (disturbance instanceof Disturbance.Refuse refuse && !refuse.keepExisting()) {
                List.copyOf(connections).forEach(Connection::cut);
            }
            return loop.settled();
        });
    }

    /// {@inheritDoc}
    ///
    /// @throws EnvironmentException if the listener can't be opened again; the disturbance then stays
    @Override
    public void calm(String id) {
        if (loop.isClosed()) {
            return;
        }
        loop.ask(() -> {
            Disturbance gone = disturbances.remove(id);
            try {
                apply();
            } catch (EnvironmentException e) {
                if (gone != null) {
                    disturbances.put(id, gone);
                }
                throw e;
            }
            faults.remove(id);
            List.copyOf(connections).forEach(Connection::pump);
            return loop.settled();
        });
    }

    @Override
    public Map<String, Disturbance> disturbances() {
        return loop.isClosed() ? Map.of() : loop.ask(() -> Map.copyOf(disturbances));
    }

    /// While `patient`, a caller that finds no target listening waits until one does, as at a socket that systemd
    /// holds open for a service that is still starting (systemd.socket(5)); otherwise it is refused at once. Those
    /// that wait when patience ends are refused then.
    public void setPatient(boolean patient) {
        loop.ask(() -> {
            this.patient = patient;
            return loop.settled();
        });
    }

    /// From now on new connections go to these instances in turn, and so does the next request of a connection from
    /// outside. What is under way elsewhere is not cut. Without any, callers are refused.
    public void lead(List<InetSocketAddress> instances) {
        List<InetSocketAddress> led = List.copyOf(instances);
        loop.ask(() -> {
            targets = led;
            return loop.settled();
        });
    }

    /// Takes a caller that somebody else accepted as if it had been accepted here. The channel is the link's
    /// from then on, whatever its blocking mode was; a link that is closed resets it.
    public void adopt(SocketChannel caller) {
        loop.ask(() -> {
            if (closed) {
                LinkLoop.reset(caller);
            } else {
                take(caller);
            }
            return true;
        });
    }

    /// Where new connections go.
    public List<InetSocketAddress> targets() {
        return loop.ask(() -> targets);
    }

    /// Whether a request that one of these instances has seen is unanswered; on a link without HTTP that can't be
    /// told, and none is.
    public boolean isUnderWayAt(List<InetSocketAddress> instances) {
        return spec.protocol() == Protocol.HTTP
                && loop.ask(() -> connections.stream()
                        .anyMatch(connection -> instances.stream().anyMatch(connection::isUnderWayAt)));
    }

    /// Ends the link: the listener and all connections.
    @Override
    public void close() {
        if (loop.isClosed()) {
            return;
        }
        loop.ask(() -> {
            closed = true;
            disturbances.keySet().forEach(faults::remove);
            disturbances.clear();
            silence();
            List.copyOf(connections).forEach(Connection::cut);
            return loop.settled();
        });
    }

    private void apply() {
        delayNanos = disturbances.values().stream()
                .mapToLong(
                        d -> d instanceof Disturbance.Delay delay ? delay.by().toNanos() : 0)
                .sum();
        if (ingress || closed) {
            return;
        }
        if (isRefusing()) {
            silence();
        } else if (listener == null) {
            try {
                hearken(LinkLoop.bind(address));
            } catch (IOException e) {
                throw new EnvironmentException(
                        spec.arm() + ": link " + spec.link() + " can't listen at " + address + " again: "
                                + e.getMessage(),
                        e);
            }
        }
    }

    private boolean isRefusing() {
        return disturbances.values().stream().anyMatch(Disturbance.Refuse.class::isInstance);
    }

    private void hearken(ServerSocketChannel opened) throws IOException {
        listener = opened;
        listenerKey = loop.register(opened, SelectionKey.OP_ACCEPT, this::accept);
    }

    private void silence() {
        ServerSocketChannel open = listener;
        if (open != null) {
            LinkLoop.close(open);
            listener = null;
            listenerKey = null;
        }
    }

    private void accept(SelectionKey key) {
        ServerSocketChannel open = (ServerSocketChannel) key.channel();
        try {
            for (int i = 0; i < ACCEPTED_AT_ONCE && open.isOpen(); i++) {
                SocketChannel client = open.accept();
                if (client == null) {
                    return;
                }
                take(client);
            }
        } catch (IOException outOfDescriptors) {
            pauseAccepting();
        }
    }

    private void pauseAccepting() {
        SelectionKey paused = listenerKey;
        if (paused != null && paused.isValid()) {
            paused.interestOps(0);
            loop.at(loop.now() + 50_000_000, () -> {
                if (paused.isValid()) {
                    paused.interestOps(SelectionKey.OP_ACCEPT);
                }
            });
        }
    }

    private void take(SocketChannel client) {
        accepted++;
        boolean answering = isRenewing();
        try {
            LinkLoop.prepare(client);
            boolean away = targets.isEmpty() || isRefusing();
            if (away && !answering) {
                turnAway(client);
                return;
            }
            Connection connection = new Connection(this, loop, client);
            connections.add(connection);
            connection.begin();
        } catch (IOException callerGone) {
            LinkLoop.close(client);
        }
    }

    private void turnAway(SocketChannel client) {
        refused++;
        ended(new Turn(0, loop.now(), 0), loop.now(), 0);
        LinkLoop.reset(client);
    }

    LinkSpec spec() {
        return spec;
    }

    /// Whether connections to the target are opened at the first request and renewed between requests.
    boolean isRenewing() {
        return ingress && spec.protocol() == Protocol.HTTP;
    }

    HttpFaults faults() {
        return faults;
    }

    /// Whether new connections may still go there.
    boolean leadsTo(@Nullable InetSocketAddress target) {
        return target != null && targets.contains(target);
    }

    long delayNanos() {
        return delayNanos;
    }

    /// Whether a target that doesn't listen is waited for.
    boolean isPatient() {
        return patient && !closed && !targets.isEmpty() && !isRefusing();
    }

    /// The target of the next connection, or null if nobody is to take it.
    @Nullable
    InetSocketAddress nextTarget() {
        if (targets.isEmpty() || isRefusing()) {
            return null;
        }
        next = (next + 1) % targets.size();
        return targets.get(next);
    }

    void ended(Turn turn, long now, int status) {
        LinkSample sample = new LinkSample(spec.arm(), spec.link(), turn.began(), now, status, turn.added());
        try {
            spec.samples().accept(sample);
        } catch (RuntimeException e) {
            loop.note(e);
        }
    }

    void countRefused() {
        refused++;
    }

    void countMalformed() {
        malformed++;
    }

    void countFromClient(long bytes) {
        fromClient += bytes;
    }

    void countToServer(long bytes) {
        toServer += bytes;
    }

    void countToClient(long bytes) {
        toClient += bytes;
    }

    void forget(Connection connection) {
        connections.remove(connection);
    }
}
