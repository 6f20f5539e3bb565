package dev.understudy.runtime.docker.copy;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/// Whether a copy fits where it is to be, known before anything is copied: a fifth is kept to spare, for what
/// live writes meanwhile and what arms write over it.
final class Room {
    private static final int SPARE_PERCENT = 20;
    private static final double MEGABYTE = 1 << 20;

    private Room() {}

    /// @throws EnvironmentException if it doesn't
    static void require(List<CopyPair> pairs) throws IOException {
        long there = 0;
        for (CopyPair pair : pairs) {
            there += FileTree.size(pair.from()).bytes();
        }
        require(there, Files.getFileStore(pairs.getFirst().to()).getUsableSpace());
    }

    /// @param there bytes of live's data
    /// @param free bytes where the copy is to be
    /// @throws EnvironmentException with both and what else could be done
    static void require(long there, long free) {
        double needed = there * (100.0 + SPARE_PERCENT) / 100;
        if (needed > free) {
            throw new EnvironmentException(String.format(
                    Locale.ROOT,
                    "a copy does not fit: live has %.0f MB, %.0f MB are needed with %d %% to spare, and %.0f MB are "
                            + "free where the engine keeps its volumes. Maybe make room there, or write 'empty' under "
                            + "shadow.data to begin with nothing, or 'omit' under shadow.services to leave the "
                            + "service out, or rehearse on a live with less data.",
                    there / MEGABYTE,
                    needed / MEGABYTE,
                    SPARE_PERCENT,
                    free / MEGABYTE));
        }
    }
}
