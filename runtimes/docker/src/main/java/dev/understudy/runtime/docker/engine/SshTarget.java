package dev.understudy.runtime.docker.engine;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A host as `ssh` is told of it. Keys, known hosts and jumps are ssh's own business and its configuration's.
///
/// @param program `ssh`, looked for as any program is
/// @param words the options that lead there, ending with the host
record SshTarget(String program, List<String> words) {
    /// User, host and port; other than Java's own idea of a host this one knows names with underscores.
    static final Pattern AUTHORITY =
            Pattern.compile("(?:([^@:]+)@)?(\\[[0-9A-Fa-f:.%]+]|[^@:\\[\\]]+)(?::([0-9]{1,5}))?");

    /// @param uri whose authority is as above
    static SshTarget of(URI uri) {
        Matcher parts = AUTHORITY.matcher(uri.getAuthority());
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + uri + "' was not checked");
        }
        List<String> words = new ArrayList<>();
        if (parts.group(1) != null) {
            words.addAll(List.of("-l", parts.group(1)));
        }
        if (parts.group(3) != null) {
            words.addAll(List.of("-p", parts.group(3)));
        }
        words.add(parts.group(2).replaceAll("[\\[\\]]", ""));
        return new SshTarget("ssh", List.copyOf(words));
    }

    /// The same by another program that takes the same words.
    SshTarget by(String other) {
        return new SshTarget(other, words);
    }

    /// Speaks with the engine of that host, as the `docker` command does.
    List<String> toEngine() {
        List<String> command = begun();
        command.addAll(words);
        command.addAll(List.of("--", "docker", "system", "dial-stdio"));
        return command;
    }

    /// Speaks with a port of that host's loopback.
    List<String> toPort(int port) {
        List<String> command = begun();
        command.addAll(List.of("-W", "127.0.0.1:" + port));
        command.addAll(words);
        return command;
    }

    /// Never asks for a password: nobody is there to type one.
    private List<String> begun() {
        return new ArrayList<>(List.of(program, "-o", "BatchMode=yes", "-o", "ConnectTimeout=30"));
    }
}
