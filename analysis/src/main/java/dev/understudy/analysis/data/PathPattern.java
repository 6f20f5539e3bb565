package dev.understudy.analysis.data;

import java.util.Optional;

/// A path with placeholders, of which `{key}` is the one that is asked for.
record PathPattern(String path) {
    private static final String KEY = "{key}";

    /// The key in a request's target if it matches; the empty text if the pattern has none.
    Optional<String> keyIn(String target) {
        int question = target.indexOf('?');
        String[] given = (question < 0 ? target : target.substring(0, question)).split("/");
        String[] wanted = path.split("/");
        if (given.length != wanted.length) {
            return Optional.empty();
        }
        String key = "";
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals(KEY)) {
                key = given[i];
            } else if (!isPlaceholder(wanted[i]) && !wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(key);
    }

    boolean hasKey() {
        return path.contains(KEY);
    }

    /// The path for one key.
    String of(String key) {
        return path.replace(KEY, key);
    }

    private static boolean isPlaceholder(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }
}
