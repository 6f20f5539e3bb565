package dev.understudy.cli;

/// One thing that a machine can or can't do.
///
/// @param what its short name
/// @param found what was found
/// @param matters why it matters; shown unless it is `OK`
/// @param remedy what to do; likewise
record Finding(String what, State state, String found, String matters, String remedy) {
    /// How it stands.
    enum State {
        OK,
        /// Not as it should be, but one can go on.
        LIMITED,
        /// Nothing can be rehearsed.
        MISSING
    }

    static Finding ok(String what, String found) {
        return new Finding(what, State.OK, found, "", "");
    }

    /// The one line for people.
    @Override
    public String toString() {
        String line = String.format("%-8s %-11s %s", state.name().toLowerCase(java.util.Locale.ROOT), what, found);
        return state == State.OK ? line : line + " · " + matters + " · " + remedy;
    }
}
