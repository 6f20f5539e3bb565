package dev.understudy.runtime.docker;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Asks live for a page all the time.
final class PageLoad implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5_000;

    final AtomicLong answered = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    private final AtomicBoolean done = new AtomicBoolean();
    private final Thread asking;

    PageLoad(String host) {
        this.asking = Thread.ofVirtual().start(() -> {
            while (!done.get()) {
                (isAnswered(host) ? answered : failed).incrementAndGet();
                LockSupport.parkNanos(2_000_000);
            }
        });
    }

    /// Having no such page is an answer.
    private static boolean isAnswered(String host) {
        try {
            HttpURLConnection page = (HttpURLConnection)
                    URI.create("http://" + host + "/").toURL().openConnection();
            page.setConnectTimeout(PATIENCE_MILLIS);
            page.setReadTimeout(PATIENCE_MILLIS);
            int status = page.getResponseCode();
            page.disconnect();
            return status < 500;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        done.set(true);
        try {
            asking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
