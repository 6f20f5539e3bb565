package dev.understudy.scenario.grammar;

import java.util.regex.Pattern;

/// The shapes of names. They become directories, host names and parts of links, hence the narrow choice of
/// letters.
final class Names {
    static final Pattern SERVICE = Pattern.compile("(?!(env|users)$)[A-Za-z][A-Za-z0-9_-]{0,62}");
    static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,62}");
    static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    /// A table, with its schema outside `public`.
    static final Pattern TABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,62}(\\.[A-Za-z_][A-Za-z0-9_$]{0,62})?");

    static final Pattern PATH = Pattern.compile("/\\S*");
    /// `json:` and a JSON pointer (RFC 6901) that is not the whole document.
    static final Pattern POINTER = Pattern.compile("json:((/([^/~]|~[01])*)+)");

    private Names() {}
}
