package dev.understudy.runtime.docker.copy;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.TreeSync;
import java.io.IOException;
import java.util.List;

/// Copies files that nobody knows more of: consistent only if nobody writes, which is looked for, or seen to by
/// a pause.
///
/// ```
///  first pass ── READY ── (live is paused, GO_ON is sent) ── second pass ── SETTLED ── (live goes on)
/// ```
public final class FilesCopy {
    /// The line after the first pass.
    public static final String READY = "ready";
    /// The signal after which nobody writes. The virtual machine runs its shutdown hooks on it, and those have
    /// time.
    public static final String GO_ON = "SIGTERM";
    /// The line after the second pass: from now on it does not matter what live writes.
    public static final String SETTLED = "settled";

    private static final long CLOCK_TICK_MILLIS = 200;

    private FilesCopy() {}

    static void whileNobodyWrites(List<CopyPair> pairs) throws IOException, InterruptedException {
        long began = System.currentTimeMillis();
        Room.require(pairs);
        Pace pace = new Pace(Pace.bytesPerSecond());
        List<TreeSync> copies = copies(pairs, pace);
        pass(copies);
        Thread.sleep(CLOCK_TICK_MILLIS); // so that what was written during the pass has a time of its own
        if (pass(copies)) {
            // what was fresh is copied twice; a third pass tells whether anybody goes on writing
            Thread.sleep(CLOCK_TICK_MILLIS);
            if (pass(copies)) {
                throw new EnvironmentException("the data changed while it was copied, and live may not be paused; "
                        + "a copy of data in motion is refused. Maybe allow a pause with shadow.maxPause (at most "
                        + "500ms).");
            }
        }
        CopyPair.tell(pairs, began, System.currentTimeMillis() + 1);
    }

    static void onceNobodyWrites(List<CopyPair> pairs) throws IOException, InterruptedException {
        Room.require(pairs);
        Pace pace = new Pace(Pace.bytesPerSecond());
        List<TreeSync> copies = copies(pairs, pace);
        pass(copies);
        pass(copies); // what changed during a long first pass, so that the last one is short
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                pace.hurry();
                long began = System.currentTimeMillis();
                pass(copies);
                System.out.println(SETTLED);
                CopyPair.tell(pairs, began, System.currentTimeMillis() + 1);
                Runtime.getRuntime().halt(0);
            } catch (EnvironmentException e) {
                CopyMain.failed(e);
            } catch (IOException e) {
                CopyMain.failed(new EnvironmentException(e.toString(), e));
            }
            Runtime.getRuntime().halt(1);
        }));
        System.out.println(READY);
        Thread.currentThread().join();
    }

    private static List<TreeSync> copies(List<CopyPair> pairs, Pace pace) {
        return pairs.stream()
                .map(pair -> new TreeSync(pair.from(), pair.to(), pace::passed))
                .toList();
    }

    /// Whether anything was there to do.
    private static boolean pass(List<TreeSync> copies) {
        boolean written = false;
        for (TreeSync copy : copies) {
            written |= !copy.pass().isEmpty();
        }
        return written;
    }
}
