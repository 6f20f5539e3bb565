package dev.understudy.runtime.docker;

import dev.understudy.runtime.ArmName;
import java.util.concurrent.atomic.AtomicInteger;

/// What the things of one arm are called in the engine: `understudy-RUN-ARM-…`. Thread-safe.
record ArmNames(String run, ArmName arm, AtomicInteger made) {
    ArmNames(String run, ArmName arm) {
        this(run, arm, new AtomicInteger());
    }

    /// Something there is one of.
    String of(String what) {
        return "understudy-" + run + "-" + arm + "-" + plain(what);
    }

    /// Something that is made again and again: an old one may still be on its way out.
    String next(String what) {
        return of(what) + "-" + made.incrementAndGet();
    }

    /// Docker takes letters, digits, dot, dash and underscore.
    private static String plain(String name) {
        return name.replaceAll("[^a-zA-Z0-9_.-]", "-");
    }
}
