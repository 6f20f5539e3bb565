package dev.understudy.runtime.docker.agent;

import dev.understudy.links.LinkProxy;
import dev.understudy.runtime.EnvironmentException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// The one port of an agent, through which it is controlled and traffic comes in. Who doesn't show the token at
/// once is cut off without a word, so that an arm's own containers can do nothing here. Thread-safe.
///
/// ```
///  tool ──control──▶ │ port │ ──▶ ControlSession ──▶ links, names
///  tool ──way──────▶ │      │ ──▶ LinkProxy.adopt ──▶ callee
/// ```
final class AgentServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int GREETING_MILLIS = 5_000;
    private static final int MOST_STRANGERS = 512;

    private final ServerSocketChannel listener;
    private final String token;
    private final Duration linger;
    private final Tenure tenure;
    private final Map<Integer, ControlSession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Semaphore strangers = new Semaphore(MOST_STRANGERS);

    /// Listens at once.
    ///
    /// @param linger for how long it stays without control, and how long control may be silent
    /// @throws EnvironmentException if it can't listen there
    AgentServer(InetSocketAddress at, String token, Duration unclaimed, Duration linger) {
        this.token = token;
        this.linger = linger;
        this.tenure = new Tenure(unclaimed, linger);
        try {
            this.listener = ServerSocketChannel.open();
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(at, BACKLOG);
        } catch (IOException e) {
            throw new EnvironmentException("the link agent can't listen at " + at + ": " + e.getMessage(), e);
        }
        Thread.ofPlatform().daemon().name("agent-port").start(this::accept);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /// Returns when nobody needs the agent any more.
    void await() throws InterruptedException {
        tenure.await();
    }

    @Override
    public void close() {
        tenure.cancel();
        try {
            listener.close();
        } catch (IOException alreadyGone) {
            // closing is all that was wanted
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel caller = listener.accept();
                if (strangers.tryAcquire()) {
                    Thread.startVirtualThread(() -> greet(caller));
                } else {
                    caller.close();
                }
            } catch (IOException closedOrNoDescriptors) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void greet(SocketChannel caller) {
        Optional<Greeting> greeting = Optional.empty();
        try {
            greeting = greeting(caller).filter(said -> said.shows(token));
        } finally {
            strangers.release();
            if (greeting.isEmpty()) {
                close(caller);
            }
        }
        greeting.ifPresent(said -> admit(caller, said));
    }

    /// Reads no byte more than the greeting: what follows on a way is the traffic.
    private static Optional<Greeting> greeting(SocketChannel caller) {
        try {
            caller.setOption(StandardSocketOptions.TCP_NODELAY, true);
            caller.socket().setSoTimeout(GREETING_MILLIS);
            DataInputStream in = new DataInputStream(caller.socket().getInputStream());
            return Optional.of(Greeting.read(Frames.read(in, Greeting.LONGEST)));
        } catch (IOException noGreeting) {
            return Optional.empty();
        }
    }

    private void admit(SocketChannel caller, Greeting greeting) {
        if (greeting.way() != Greeting.CONTROL) {
            enter(caller, greeting.way());
        } else {
            control(caller, greeting);
        }
    }

    private void enter(SocketChannel caller, long way) {
        ControlSession session = sessions.get((int) (way >>> Integer.SIZE));
        Optional<LinkProxy> link = session == null ? Optional.empty() : session.way((int) way);
        try {
            caller.socket().setSoTimeout(0);
            link.orElseThrow(() -> new IllegalStateException("no way " + way)).adopt(caller);
        } catch (IOException | IllegalStateException goneMeanwhile) {
            close(caller);
        }
    }

    private void control(SocketChannel caller, Greeting greeting) {
        tenure.begin();
        int number = numbers.incrementAndGet();
        try (caller) {
            if (greeting.version() != Greeting.VERSION) {
                caller.socket().getOutputStream().write(Frames.frame(out -> out.writeByte(Greeting.VERSION)));
                return;
            }
            // A tool that vanished without a word must not keep the agent: it asks for the time now and then.
            caller.socket().setSoTimeout(Math.toIntExact(linger.toMillis()));
            ControlSession session = new ControlSession(greeting.arm(), caller.socket());
            sessions.put(number, session);
            session.run(number);
        } catch (IOException toolGone) {
            // then its links are gone, too
        } finally {
            sessions.remove(number);
            tenure.end();
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // closing is all that was wanted
        }
    }
}
