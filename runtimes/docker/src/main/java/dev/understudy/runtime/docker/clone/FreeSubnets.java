package dev.understudy.runtime.docker.clone;

import dev.understudy.runtime.EnvironmentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Hands out networks that overlap with none that is known, from 10.128.0.0/9, beginning at a place of the run's own so
/// that two runs seldom want the same. Docker's own pool has room for 31 networks only. Not thread-safe.
public final class FreeSubnets {
    /// 1,024 addresses: the lower half for containers, the upper for links.
    public static final int PREFIX = 22;

    private static final Subnet POOL = Subnet.parse("10.128.0.0/9");
    private static final int SLOTS = 1 << (PREFIX - POOL.prefix());

    private final List<Subnet> taken;
    private int next;

    /// @param seed where to begin, any number
    public FreeSubnets(Collection<Subnet> taken, int seed) {
        this.taken = new ArrayList<>(taken);
        this.next = Math.floorMod(seed, SLOTS);
    }

    /// One more. @throws EnvironmentException if all are taken
    public Subnet take() {
        for (int tried = 0; tried < SLOTS; tried++) {
            Subnet candidate = new Subnet(POOL.base() + (next << (32 - PREFIX)), PREFIX);
            next = (next + 1) % SLOTS;
            if (taken.stream().noneMatch(candidate::overlaps)) {
                taken.add(candidate);
                return candidate;
            }
        }
        throw new EnvironmentException("all of " + POOL + " is taken: there is no room for a shadow's networks");
    }
}
