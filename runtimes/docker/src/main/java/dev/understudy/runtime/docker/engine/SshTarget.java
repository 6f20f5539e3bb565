package dev.understudy.runtime.docker.engine;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// A host as `ssh` is told of it. Keys, known hosts and jumps are ssh's own business and its configuration's.
///
/// @param words the options that lead there, ending with the host
record SshTarget(List<String> words) {
    static SshTarget of(URI uri) {
        List<String> words = new ArrayList<>();
        if (uri.getUserInfo() != null) {
            words.addAll(List.of("-l", uri.getUserInfo()));
        }
        if (uri.getPort() > 0) {
            words.addAll(List.of("-p", Integer.toString(uri.getPort())));
        }
        String host = uri.getHost();
        words.add(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        return new SshTarget(List.copyOf(words));
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
    private static List<String> begun() {
        return new ArrayList<>(List.of("ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=30"));
    }
}
