package dev.understudy.runtime.docker.agent;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way into an arm: a port on the tool's own loopback, every connection to which is carried to the agent,
/// which takes it as the link says. Thread-safe.
///
/// It listens as long as it is open, whatever the link does: a link that refuses answers 502 or resets.
public final class LocalWay implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int CONNECT_MILLIS = 5_000;

    private final AgentLink link;
    private final InetSocketAddress agent;
    private final byte[] greeting;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /// Listens at once.
    LocalWay(AgentLink link, InetSocketAddress agent, byte[] greeting) {
        this.link = link;
        this.agent = agent;
        this.greeting = greeting;
        try {
            this.listener = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new EnvironmentException("can't listen for " + link + " on loopback: " + e.getMessage(), e);
        }
        Thread.ofVirtual().name("way-" + link.link()).start(this::accept);
    }

    /// Where to connect, on 127.0.0.1.
    public int port() {
        return listener.getLocalPort();
    }

    /// The link that takes what comes this way; it listens nowhere, so [#lead] and [#targets] stand in for its
    /// own.
    public AgentLink link() {
        return link;
    }

    /// From now on new connections go to these in turn, and so does the next request of one that is open.
    public void lead(List<InetSocketAddress> targets) {
        link.lead(OpenLink.WAY, targets);
    }

    /// Where new connections go.
    public List<InetSocketAddress> targets() {
        return link.targets(OpenLink.WAY);
    }

    /// Ends the way, all its connections, and its link.
    @Override
    public void close() {
        closeHere();
        link.close();
    }

    boolean isClosed() {
        return listener.isClosed();
    }

    /// Ends what is on the tool's side.
    void closeHere() {
        close(listener);
        open.forEach(LocalWay::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                open.add(caller);
                Thread.startVirtualThread(() -> carry(caller));
            } catch (IOException closedOrNoDescriptors) {
                pause();
            }
        }
        // One that was accepted while the way was closed
        open.forEach(LocalWay::close);
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carry(Socket caller) {
        try (caller;
                Socket inside = new Socket()) {
            caller.setTcpNoDelay(true);
            inside.setTcpNoDelay(true);
            if (connected(inside)) {
                Passing.between(caller, inside);
            } else {
                Passing.reset(caller);
            }
        } catch (IOException callerGone) {
            // nobody is left to be told
        } finally {
            open.remove(caller);
        }
    }

    private boolean connected(Socket inside) {
        try {
            inside.connect(agent, CONNECT_MILLIS);
            inside.getOutputStream().write(greeting);
            return true;
        } catch (IOException agentGone) {
            return false;
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception alreadyGone) {
            // closing is all that was wanted
        }
    }
}
