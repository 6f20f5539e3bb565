package dev.understudy.store.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The names of the write-ahead log's files between two positions. Source of the format:
/// PostgreSQL's `xlog_internal.h` (timeline, then the segment's number in two parts, each eight
/// hexadecimal digits).
///
/// @param timeline the server's timeline, eight hexadecimal digits
/// @param size bytes of one file
record WalSegments(String timeline, long size) {

    /// A log position written as `hi/lo`, as a number.
    static long position(String lsn) {
        int slash = lsn.indexOf('/');
        return (Long.parseLong(lsn.substring(0, slash), 16) << 32) | Long.parseLong(lsn.substring(slash + 1), 16);
    }

    /// The files that hold the bytes from `start` up to but not including `end`.
    List<String> between(String start, String end) {
        long last = (position(end) - 1) / size;
        List<String> names = new ArrayList<>();
        for (long segment = position(start) / size; segment <= last; segment++) {
            names.add(name(segment));
        }
        return List.copyOf(names);
    }

    private String name(long segment) {
        long perId = 0x1_0000_0000L / size;
        return timeline + String.format(Locale.ROOT, "%08X%08X", segment / perId, segment % perId);
    }
}
