package dev.understudy.links;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Failures;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One thread that owns every socket of one arm's links. It may be moved to another network namespace before it
/// begins: every socket but an ingress listener is opened on it. Public methods are thread-safe.
///
/// Deadlines are kept to about 0.1 ms: the last millisecond before one is spent polling.
public final class LinkLoop implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final long MILLISECOND = 1_000_000;
    private static final long NAP = 100_000;
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final LongSupplier clock;
    private final Thread thread;
    private final Selector selector;
    private final Chunks chunks = new Chunks();
    private final Queue<Task<?>> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::at));
    private volatile boolean closing;
    private volatile boolean finished;
    private volatile @Nullable Throwable defect;

    /// Who wants to know that a channel is ready.
    interface Ready {
        void ready(SelectionKey key);
    }

    private record Timer(long at, Runnable action) {}

    private record Task<T>(Callable<T> body, CompletableFuture<T> result) {
        void run() {
            try {
                result.complete(body.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        }
    }

    private LinkLoop(Selector selector, LongSupplier clock) {
        this.selector = selector;
        this.clock = clock;
        this.thread = Thread.currentThread();
    }

    /// Starts a loop on a thread of its own.
    ///
    /// @param name the name of the thread
    /// @param beforeLoop runs first on that thread; what it throws is thrown here
    /// @param clockNanos the timeline of samples and delays; called on that thread
    public static LinkLoop start(String name, Runnable beforeLoop, LongSupplier clockNanos) {
        CompletableFuture<LinkLoop> started = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                beforeLoop.run();
                LinkLoop loop = new LinkLoop(Selector.open(), clockNanos);
                started.complete(loop);
                loop.run();
            } catch (RuntimeException | IOException | Error e) {
                started.completeExceptionally(e);
            }
        });
        return outcome(started);
    }

    /// Opens a link whose listener is on the loop's side.
    /// @throws EnvironmentException if it can't listen there
    public LinkProxy listen(LinkSpec spec) {
        return ask(() -> opened(spec, false, bind(spec)));
    }

    /// Opens a link whose listener is on the caller's side and which leads to targets on the loop's side: the
    /// way into an arm.
    /// @throws EnvironmentException if it can't listen there
    public LinkProxy ingress(LinkSpec spec) {
        ServerSocketChannel listener = bind(spec);
        return ask(() -> opened(spec, true, listener));
    }

    /// Opens a way into an arm that listens nowhere: its callers come by [LinkProxy#adopt]. Where `spec` is at
    /// means nothing.
    public LinkProxy entrance(LinkSpec spec) {
        return ask(() -> new LinkProxy(this, spec));
    }

    /// The first thing that went wrong on the loop and is nobody else's fault: a bug.
    public Optional<Throwable> defect() {
        return Optional.ofNullable(defect);
    }

    /// Ends all links of the loop and its thread.
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether the links of this loop are gone, and with them whatever disturbed them.
    public boolean isClosed() {
        return closing;
    }

    /// Runs `body` on the loop's thread and waits for what it returns.
    <T> T ask(Callable<T> body) {
        if (Thread.currentThread().equals(thread)) {
            throw new IllegalStateException("called by whoever is handed samples, on the thread of the links");
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        tasks.add(new Task<>(body, result));
        selector.wakeup();
        if (finished) {
            refuseTasks();
        }
        return outcome(result);
    }

    /// Lets sockets that were closed just now disappear for everybody else too.
    boolean settled() throws IOException {
        selector.selectNow(this::handle);
        return true;
    }

    long now() {
        return clock.getAsLong();
    }

    Chunks chunks() {
        return chunks;
    }

    /// Runs `action` at `nanos` or soon after.
    void at(long nanos, Runnable action) {
        timers.add(new Timer(nanos, action));
    }

    SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations, ready);
    }

    void note(Throwable bug) {
        if (defect == null) {
            defect = bug;
        }
    }

    static ServerSocketChannel bind(InetSocketAddress at) throws IOException {
        ServerSocketChannel opened = ServerSocketChannel.open(Families.of(at));
        try {
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return opened.bind(at, BACKLOG);
        } catch (IOException e) {
            close(opened);
            throw e;
        }
    }

    static void prepare(SocketChannel accepted) throws IOException {
        accepted.configureBlocking(false);
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /// Ends a connection so that the other side sees a reset.
    static void reset(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException alreadyGone) {
            // then there is nobody left to see it
        }
        close(channel);
    }

    static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // closing is all that was wanted
        }
    }

    private static ServerSocketChannel bind(LinkSpec spec) {
        try {
            return bind(spec.at());
        } catch (IOException e) {
            throw new EnvironmentException(
                    spec.arm() + ": link " + spec.link() + " can't listen at " + spec.at() + ": " + e.getMessage(), e);
        }
    }

    private LinkProxy opened(LinkSpec spec, boolean ingress, ServerSocketChannel listener) throws IOException {
        try {
            return new LinkProxy(this, spec, ingress, listener);
        } catch (IOException e) {
            close(listener);
            throw e;
        }
    }

    private void run() throws IOException {
        try {
            while (!closing) {
                select();
                runTasks();
                runTimers();
            }
        } catch (RuntimeException | IOException | Error e) {
            note(e);
            throw e;
        } finally {
            selector.keys().forEach(key -> close(key.channel()));
            selector.close();
            finished = true;
            refuseTasks();
        }
    }

    private void select() throws IOException {
        Timer first = timers.peek();
        long left = first == null ? Long.MAX_VALUE : first.at() - now();
        if (left <= 0 || !tasks.isEmpty()) {
            selector.selectNow(this::handle);
        } else if (left >= MILLISECOND) {
            selector.select(this::handle, Math.min(left / MILLISECOND, LONGEST_WAIT_MILLIS));
        } else if (selector.selectNow(this::handle) == 0) {
            LockSupport.parkNanos(this, Math.min(left, NAP));
        }
    }

    private void handle(SelectionKey key) {
        try {
            if (key.isValid() && key.attachment() instanceof Ready ready) {
                ready.ready(key);
            }
        } catch (RuntimeException e) {
            note(e);
            close(key.channel());
        }
    }

    private void runTasks() {
        for (Task<?> task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void runTimers() {
        long now = now();
        for (Timer timer = timers.peek(); timer != null && timer.at() <= now; timer = timers.peek()) {
            timers.remove();
            try {
                timer.action().run();
            } catch (RuntimeException e) {
                note(e);
            }
        }
    }

    private void refuseTasks() {
        for (Task<?> task = tasks.poll(); task != null; task = tasks.poll()) {
            task.result().completeExceptionally(new IllegalStateException("the links of this arm are closed"));
        }
    }

    private static <T> T outcome(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw Failures.unchecked(e.getCause() == null ? e : e.getCause());
        }
    }
}
