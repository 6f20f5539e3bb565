package dev.understudy.runtime.docker.engine;

import java.time.Duration;

/// What a test's container runs: says what it was told, and goes on as long as asked.
public final class Greeting {
    private Greeting() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("hello " + arguments[0]);
        System.err.println("and hello again");
        if (arguments.length > 1) {
            Thread.sleep(Duration.ofSeconds(Long.parseLong(arguments[1])));
        }
    }
}
