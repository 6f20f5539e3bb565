package dev.understudy.shop.service;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One line on standard output for each start, stop and error. Safe for any number of threads.
public final class Log {
    private final String service;

    public Log(String service) {
        this.service = service;
    }

    /// Writes one line: time, service, text.
    public void say(String text) {
        String line = Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + service + ": " + text + "\n";
        synchronized (System.out) {
            System.out.print(line);
            System.out.flush();
        }
    }

    /// Writes one line about something that went wrong while `doing` something.
    public void error(String doing, Throwable problem) {
        String message = String.valueOf(problem.getMessage()).replace('\n', ' ');
        say("ERROR " + doing + ": " + problem.getClass().getSimpleName() + ": " + message);
    }
}
