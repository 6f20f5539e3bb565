package dev.understudy.scenario;

import java.util.Optional;

/// Something in the data of `service` that no arm and no bundle may hold as it is in live.
///
/// @param place where it is written
/// @param target what is replaced
/// @param by what takes its place
public record Mask(Place place, String service, Target target, Replacement by) {

    /// What is replaced.
    public sealed interface Target {
        /// A column of a table: `table`, or `schema.table`.
        record Column(String table, String column) implements Target {}

        /// Files of a directory store, by a glob over their names relative to it.
        ///
        /// @param pointer a value (RFC 6901) in each of them, which is JSON; absent: the whole file
        record InFiles(String glob, Optional<String> pointer) implements Target {}
    }

    /// What takes the place of a value.
    public sealed interface Replacement {
        /// A keyed hash: equal values stay equal, different ones different, and nobody gets back without
        /// the key,
        /// which isn't stored.
        record Hash() implements Replacement {}

        /// Nothing: `NULL`, `null`, or no file.
        record Nothing() implements Replacement {}

        /// The same for all.
        record Constant(String text) implements Replacement {}
    }

    /// As one line, the same for the same mask wherever it is written.
    public String canonical() {
        String what = switch (target) {
            case Target.Column(String table, String column) -> "column " + table + "." + column;
            case Target.InFiles(String glob, Optional<String> pointer) ->
                "files " + glob + pointer.map(in -> " at " + in).orElse("");
        };
        String with = switch (by) {
            case Replacement.Hash _ -> "hash";
            case Replacement.Nothing _ -> "nothing";
            case Replacement.Constant(String text) -> "constant " + text;
        };
        return service + " " + what + ": " + with;
    }
}
