package dev.understudy.runtime.docker.agent;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.docker.agent.names.NameBook;
import dev.understudy.runtime.docker.agent.names.Sighting;
import dev.understudy.scenario.Link;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The agent in an arm's link container, as the tool sees it. Thread-safe. What it opens lasts until it is
/// closed, or the connection to the agent is lost, after which every call says so.
///
/// Measurements come in batches, some milliseconds late; whoever has the answer to any call has all that was
/// measured before. Their times are translated to the tool's clock by one offset, wrong by at most
/// [#clockBoundNanos]: half of the shortest round trip seen, and a drift of 500 ppm since. Durations are exact.
public final class LinkAgent implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final int FIRST_PINGS = 16;
    private static final int PINGS = 3;

    private final InetSocketAddress at;
    private final String token;
    private final ArmName arm;
    private final LongSupplier clock;
    private final Consumer<LinkSample> samples;
    private final Consumer<Sighting> sightings;
    private final Control control;
    private final Map<Integer, Link> links = new ConcurrentHashMap<>();
    private final Set<LocalWay> ways = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile @Nullable Throwable defect;
    private volatile ClockOffset offset = new ClockOffset(0, Long.MAX_VALUE / 2, 0);

    private LinkAgent(
            Control control,
            InetSocketAddress at,
            String token,
            ArmName arm,
            LongSupplier clock,
            Consumer<LinkSample> samples,
            Consumer<Sighting> sightings) {
        this.control = control;
        this.at = at;
        this.token = token;
        this.arm = arm;
        this.clock = clock;
        this.samples = samples;
        this.sightings = sightings;
    }

    private LinkAgent begun() {
        try {
            control.begin(this::told);
            offset = ping();
            for (int i = 1; i < FIRST_PINGS; i++) {
                offset = offset.or(ping());
            }
        } catch (RuntimeException e) {
            control.close();
            throw e;
        }
        Thread.ofVirtual().name("link-agent-heartbeat").start(this::beat);
        return this;
    }

    /// Connects to an agent that may still be starting.
    ///
    /// @param control where it is reached; a port forward will do
    /// @param clockNanos the timeline of samples and sightings
    /// @param samples is handed each measurement in turn; must be quick and call nothing here
    /// @param sightings is handed each name that was asked for, likewise
    /// @param patience for how long it is tried
    /// @throws EnvironmentException if it isn't reached by then, or doesn't take the token
    public static LinkAgent connect(
            InetSocketAddress control,
            String token,
            ArmName arm,
            LongSupplier clockNanos,
            Consumer<LinkSample> samples,
            Consumer<Sighting> sightings,
            Duration patience) {
        String who = "the link agent of the " + arm + " arm at " + control.getHostString() + ":" + control.getPort();
        Control reached = Reaching.within(patience, who, control, Greeting.control(token, arm));
        return new LinkAgent(reached, control, token, arm, clockNanos, samples, sightings).begun();
    }

    /// Makes `first` and all addresses that share its first `prefix` bits the agent's own.
    /// @throws EnvironmentException if its container lacks `NET_ADMIN`
    public void makeLocal(Inet4Address first, int prefix) {
        control.tell(new Order.Range(first, prefix));
    }

    /// Opens a link.
    /// @throws EnvironmentException if the agent can't listen there
    public AgentLink open(LinkOrder order) {
        int id = ids.incrementAndGet();
        return opened(id, order.link(), new Order.Open(id, order));
    }

    /// Opens a way in, and a port for it on the tool's own loopback.
    public LocalWay way(WayOrder order) {
        int id = ids.incrementAndGet();
        AgentLink link = opened(id, order.link(), new Order.Enter(id, order));
        LocalWay way =
                new LocalWay(link, at, Greeting.way(token, control.way(id)).frame());
        ways.removeIf(LocalWay::isClosed);
        ways.add(way);
        return way;
    }

    private AgentLink opened(int id, Link link, Order order) {
        links.put(id, link);
        try {
            control.tell(order);
        } catch (RuntimeException e) {
            links.remove(id);
            throw e;
        }
        return new AgentLink(control, id, link, () -> links.remove(id));
    }

    /// Whether something takes connections at `target`, as seen from the agent.
    public boolean accepts(InetSocketAddress target, Duration within) {
        return control.ask(new Order.Accepts(target, within), DataInput::readBoolean, within.plus(SILENCE));
    }

    /// Answers questions for names at these addresses of the agent's, from now on, over UDP and TCP.
    /// @throws EnvironmentException if it can't listen there
    public void serveNames(List<InetSocketAddress> listening) {
        control.tell(new Order.ServeNames(List.copyOf(listening)));
    }

    /// What names mean from now on; sightings are told anew.
    public void use(NameBook book) {
        control.tell(new Order.Names(book));
    }

    /// Returns when everything that was measured until now has been handed over.
    public void settle() {
        control.tell(new Order.Ping());
    }

    /// By how many nanoseconds the times of samples may be wrong, compared with the tool's clock.
    public long clockBoundNanos() {
        return offset.boundAt(clock.getAsLong());
    }

    /// Returns if the links measured and disturbed as they should.
    ///
    /// @throws EnvironmentException if the connection to the agent was lost
    /// @throws IllegalStateException if something went wrong in them: what they measured can't be trusted
    public void requireSound() {
        Throwable bug = defect;
        if (bug != null) {
            throw new IllegalStateException("the links of the " + arm + " arm failed: " + bug, bug);
        }
        String remote = control.ask(new Order.Sound(), DataInput::readUTF);
        if (!remote.isEmpty()) {
            throw new IllegalStateException("the links of the " + arm + " arm failed: " + remote);
        }
    }

    /// Ends all links and ways; the agent ends itself a while later, unless it is connected to again.
    @Override
    public void close() {
        ways.forEach(LocalWay::closeHere);
        control.close();
    }

    private ClockOffset ping() {
        long asked = clock.getAsLong();
        long agent = control.ask(new Order.Ping(), DataInput::readLong, SILENCE);
        return ClockOffset.of(asked, agent, clock.getAsLong());
    }

    /// Keeps the offset good, and finds out if the agent is gone without a word.
    private void beat() {
        try {
            while (!control.isClosed()) {
                Thread.sleep(HEARTBEAT);
                for (int i = 0; i < PINGS; i++) {
                    offset = offset.or(ping());
                }
            }
        } catch (InterruptedException | IllegalStateException closed) {
            control.lose("the tool closed it");
        } catch (EnvironmentException e) {
            control.lose(String.valueOf(e.getMessage()));
        }
    }

    private void told(byte kind, DataInputStream fields) throws IOException {
        try {
            if (kind == Frames.SAMPLES) {
                measured(fields);
            } else if (kind == Frames.SIGHTING) {
                Sighting seen = Fields.sighting(fields);
                sightings.accept(seen.at(seen.atNanos() + offset.nanos()));
            }
        } catch (RuntimeException e) {
            // Whoever is handed these failed: the agent goes on, and requireSound says so.
            if (defect == null) {
                defect = e;
            }
        }
    }

    private void measured(DataInputStream fields) throws IOException {
        long ahead = offset.nanos();
        while (fields.available() >= Outbox.SAMPLE_BYTES) {
            Link link = links.get(fields.readInt());
            long start = fields.readLong() + ahead;
            long end = fields.readLong() + ahead;
            int status = fields.readInt();
            long added = fields.readLong();
            if (link != null) {
                samples.accept(new LinkSample(arm, link, start, end, status, added));
            }
        }
    }
}
