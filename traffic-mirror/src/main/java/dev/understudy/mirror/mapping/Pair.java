package dev.understudy.mirror.mapping;

/// Two names of one thing: what live (or the recording) said, and what the arm said at the same spot.
///
/// @param live live's value
/// @param arm the arm's value; equal to `live` if both said the same
/// @param name the property, cookie or header it came from; `id` for a path segment in a URL
/// @param pointer where it was: a JSON pointer, `location`, `set-cookie` or a header's name
/// @param collection the last path segment of the request (or of the URL before the value) that is no
///     identifier; `""` if there is none
public record Pair(String live, String arm, String name, String pointer, String collection) {

    /// Whether both sides use the same value.
    public boolean isSame() {
        return live.equals(arm);
    }
}
