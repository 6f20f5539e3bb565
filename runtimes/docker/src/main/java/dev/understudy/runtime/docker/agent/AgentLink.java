package dev.understudy.runtime.docker.agent;

import dev.understudy.links.LinkCounts;
import dev.understudy.runtime.LinkHandle;
import dev.understudy.scenario.Link;
import java.io.DataInput;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A link, or a way in, that an agent holds. Thread-safe; every method acts at the agent before it returns.
///
/// All throw [dev.understudy.runtime.EnvironmentException] once the connection to the agent is lost. Once the
/// tool itself has closed it, nothing disturbs any more: then [#calm], [#disturbances] and [#close] have
/// nothing to do.
public final class AgentLink implements LinkHandle, AutoCloseable {
    private final Control control;
    private final int id;
    private final Link link;
    private final Runnable closing;

    AgentLink(Control control, int id, Link link, Runnable closing) {
        this.control = control;
        this.id = id;
        this.link = link;
        this.closing = closing;
    }

    @Override
    public Link link() {
        return link;
    }

    /// {@inheritDoc}
    ///
    /// Delays and refusals act on all its ports; what speaks of requests acts on the measured one.
    /// @throws IllegalArgumentException if it speaks of requests and the measured port speaks no HTTP
    @Override
    public void disturb(String name, Disturbance disturbance) {
        control.tell(new Order.Disturb(id, name, disturbance));
    }

    /// {@inheritDoc}
    /// @throws dev.understudy.runtime.EnvironmentException if it can't listen again; the disturbance then stays
    @Override
    public void calm(String name) {
        if (!control.isClosed()) {
            control.tell(new Order.Calm(id, name));
        }
    }

    @Override
    public Map<String, Disturbance> disturbances() {
        return control.isClosed() ? Map.of() : control.ask(new Order.Disturbances(id), AgentLink::disturbances);
    }

    /// What all its ports counted until now.
    public LinkCounts counts() {
        return control.ask(new Order.Counts(id), Fields::counts);
    }

    /// From now on new connections to `port` go to these in turn; see [dev.understudy.links.LinkProxy#lead].
    /// @throws IllegalArgumentException if it has no such port
    public void lead(int port, List<InetSocketAddress> targets) {
        control.tell(new Order.Lead(id, port, List.copyOf(targets)));
    }

    /// Where new connections to `port` go.
    /// @throws IllegalArgumentException if it has no such port
    public List<InetSocketAddress> targets(int port) {
        return control.ask(new Order.Targets(id, port), Fields::socketAddresses);
    }

    /// Whether callers wait for a target that doesn't listen yet, on all ports.
    public void setPatient(boolean patient) {
        control.tell(new Order.Patient(id, patient));
    }

    /// Whether a request that one of these has seen on the measured port is unanswered; never so without HTTP.
    public boolean isUnderWayAt(List<InetSocketAddress> instances) {
        return control.ask(new Order.UnderWay(id, List.copyOf(instances)), DataInput::readBoolean);
    }

    /// Ends the link: listeners and connections.
    @Override
    public void close() {
        if (!control.isClosed()) {
            control.tell(new Order.Close(id));
        }
        closing.run();
    }

    @Override
    public String toString() {
        return "link " + link;
    }

    private static Map<String, Disturbance> disturbances(DataInput in) throws IOException {
        Map<String, Disturbance> disturbances = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            disturbances.put(in.readUTF(), Fields.disturbance(in));
        }
        return Map.copyOf(disturbances);
    }
}
