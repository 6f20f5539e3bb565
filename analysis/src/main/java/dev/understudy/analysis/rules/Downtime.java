package dev.understudy.analysis.rules;

import java.util.List;

/// How long users were turned away: slots of 100 ms, by intended time, in which every exchange failed. A
/// slot without exchanges is judged by the tool's probes; without those, too, it is like the slot before
/// it.
///
/// @param total nanoseconds in all such slots
/// @param longest nanoseconds in the longest run of such slots
public record Downtime(long total, long longest) {
    /// The length of a slot.
    public static final long SLOT_NANOS = 100_000_000L;

    private static final int NOTHING = 0;
    private static final int PROBED_DOWN = 1;
    private static final int PROBED_UP = 2;
    private static final int DOWN = 3;
    private static final int UP = 4;

    /// The downtime between two moments; slots are counted from the first, a last part of a slot is left
    /// out.
    public static Downtime of(List<Timing> exchangesAndProbes, long from, long to) {
        int[] slots = new int[(int) Math.max(0, (to - from) / SLOT_NANOS)];
        for (Timing timing : exchangesAndProbes) {
            long slot = Math.floorDiv(timing.intendedAt() - from, SLOT_NANOS);
            if (slot >= 0 && slot < slots.length) {
                slots[(int) slot] = Math.max(slots[(int) slot], weight(timing));
            }
        }
        return sum(slots);
    }

    // mirrored exchanges outweigh probes, and one success outweighs all failures
    private static int weight(Timing timing) {
        if (timing.probe()) {
            return timing.failure() ? PROBED_DOWN : PROBED_UP;
        }
        return timing.failure() ? DOWN : UP;
    }

    private static Downtime sum(int[] slots) {
        boolean down = false;
        long run = 0;
        long longest = 0;
        long total = 0;
        for (int slot : slots) {
            down = slot == NOTHING ? down : slot == DOWN || slot == PROBED_DOWN;
            run = down ? run + SLOT_NANOS : 0;
            total += down ? SLOT_NANOS : 0;
            longest = Math.max(longest, run);
        }
        return new Downtime(total, longest);
    }

    /// Whether the moments between the two have any exchange at all; without one, downtime is unknown.
    public static boolean isKnown(List<Timing> exchangesAndProbes, long from, long to) {
        return exchangesAndProbes.stream().anyMatch(timing -> timing.intendedAt() >= from && timing.intendedAt() < to);
    }

    @Override
    public String toString() {
        return Values.duration(total) + " in all, " + Values.duration(longest) + " at a stretch";
    }
}
