package dev.understudy.mirror.tap;

import dev.understudy.mirror.feed.FeedLine;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Live's own mirror: passes everything that comes in at one address on to a service of live, and hands samples
/// of the exchanges to whoever subscribes at another. It belongs to live: it runs in a process of its own, and
/// live's answers don't depend on whether anybody subscribes, reads slowly, hangs or dies. Thread-safe.
public final class MirrorTap implements AutoCloseable {
    private static final int MOST_LOOPS = 4;
    private static final long START_SECONDS = 30;

    private final Vertx vertx;
    private final Endpoint at;
    private final Endpoint feed;
    private final Subscribers subscribers;

    private MirrorTap(Vertx vertx, Endpoint at, Endpoint feed, Subscribers subscribers) {
        this.vertx = vertx;
        this.at = at;
        this.feed = feed;
        this.subscribers = subscribers;
    }

    /// Starts a mirror; returns when both addresses are listened at.
    /// @throws EnvironmentException if one of them is taken
    public static MirrorTap start(MirrorSettings settings) {
        int loops = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_LOOPS);
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(loops + 1)
                // Nothing of what passes may reach a disk, not even a cache directory.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            WarmUp.run(settings.limits());
            OpenExchanges open = new OpenExchanges(InstantSource.system());
            Subscribers subscribers = new Subscribers();
            FeedServer feedServer = new FeedServer(settings, open, subscribers);
            await(vertx.deployVerticle(feedServer), "feed", settings.feed());
            LiveProxy.Shared shared = LiveProxy.Shared.of(settings);
            int port = settings.at().port();
            for (int i = 0; i < loops; i++) {
                LiveProxy proxy = new LiveProxy(settings, port, open, subscribers, shared);
                await(vertx.deployVerticle(proxy), "address", settings.at());
                port = proxy.port();
            }
            return new MirrorTap(
                    vertx,
                    new Endpoint(settings.at().host(), port),
                    new Endpoint(settings.feed().host(), feedServer.port()),
                    subscribers);
        } catch (EnvironmentException e) {
            vertx.close();
            throw e;
        } catch (InterruptedException e) {
            vertx.close();
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while the mirror started", e);
        }
    }

    private static void await(Future<?> deployed, String what, Endpoint at) {
        try {
            deployed.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new EnvironmentException(
                    "the mirror can't listen at " + at + " (its " + what + "): " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new EnvironmentException("the mirror didn't listen at " + at + " within " + START_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while the mirror started", e);
        }
    }

    /// Where users talk to.
    public Endpoint at() {
        return at;
    }

    /// Where runs subscribe.
    public Endpoint feed() {
        return feed;
    }

    /// What each present subscriber has been counted.
    public List<FeedLine.Counts> subscribers() {
        return subscribers.counts();
    }

    /// Stops listening and ends every connection.
    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new EnvironmentException("the mirror at " + at + " didn't stop: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
