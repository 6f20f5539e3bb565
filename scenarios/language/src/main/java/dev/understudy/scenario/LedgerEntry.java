package dev.understudy.scenario;

import java.util.List;
import java.util.Optional;

/// A promise to users: what `write` acknowledged can be read back with `read`.
///
/// @param write method, service and path; `{key}` in the path is the key, other `{name}` match one segment
/// @param key the JSON pointer of the key in the answer, absent if `{key}` stands in the written path
/// @param read a GET with `{key}` in its path
/// @param values JSON pointers that must read as acknowledged; empty: every leaf that both answers have
public record LedgerEntry(Place place, Route write, Optional<String> key, Route read, List<String> values) {

    /// `METHOD service/path`, the path with `{placeholders}`.
    public record Route(String method, String service, String path) {
        @Override
        public String toString() {
            return method + " " + service + path;
        }
    }
}
