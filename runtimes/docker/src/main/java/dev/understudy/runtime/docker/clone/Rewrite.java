package dev.understudy.runtime.docker.clone;

/// One field that is other in a clone than in live, on purpose. A field is named as the engine names it, from the top
/// of
/// what `inspect` answers: `HostConfig.RestartPolicy.Name`. Values that may be secret are not in it.
///
/// @param field a field, or, if it ends with a dot, all below it
/// @param why one sentence
public record Rewrite(String field, String why) {
    /// Whether it speaks of that leaf.
    public boolean covers(String leaf) {
        return leaf.equals(field)
                || leaf.startsWith(field.endsWith(".") ? field : field + ".")
                || leaf.startsWith(field + "[");
    }

    @Override
    public String toString() {
        return field + ": " + why;
    }
}
