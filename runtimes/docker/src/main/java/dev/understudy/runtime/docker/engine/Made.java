package dev.understudy.runtime.docker.engine;

/// Something this tool has made in an engine, with what tells it from another of the same name later on.
///
/// @param id what the engine calls it; a volume's is its name
/// @param createdAt when, as the engine says; for a volume as its label says, for the engine's own word on
///     that changes with what is written into it
public record Made(Kind kind, String id, String name, String createdAt) {
    /// What kinds of things an engine holds.
    public enum Kind {
        CONTAINER,
        NETWORK,
        VOLUME,
        IMAGE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        String shown = id.startsWith("sha256:") ? id.substring(7) : id;
        return shown.equals(name)
                ? kind + " '" + name + "'"
                : kind + " '" + name + "' (" + shown.substring(0, Math.min(12, shown.length())) + ")";
    }
}
