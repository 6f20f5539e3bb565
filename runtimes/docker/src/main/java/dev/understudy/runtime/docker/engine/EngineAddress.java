package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where an engine's API is, and what decided that.
///
/// The order is that of the `docker` command: `DOCKER_HOST`, then `DOCKER_CONTEXT`, then the current context of
/// `config.json`, then the socket at its usual place. Errors name the value and where it comes from, all at
/// once.
///
/// @param uri `unix:///path`, `tcp://host:port` or `ssh://[user@]host[:port]`
/// @param tls the directory with `ca.pem`, `cert.pem` and `key.pem`, if the connection is encrypted
/// @param origin what decided, for messages
public record EngineAddress(URI uri, Optional<Path> tls, String origin) {
    private static final String USUAL = "/var/run/docker.sock";
    private static final List<String> TLS_FILES = List.of("ca.pem", "cert.pem", "key.pem");

    /// @param env the environment of whoever runs the tool
    /// @param home the home directory of that user
    /// @throws EnvironmentException naming every value that can't be used
    public static EngineAddress find(Map<String, String> env, Path home) {
        Path config = setting(env, "DOCKER_CONFIG").map(Path::of).orElse(home.resolve(".docker"));
        List<String> faults = new ArrayList<>();
        Optional<EngineAddress> found = setting(env, "DOCKER_HOST")
                .flatMap(value -> ofHost(value, env, config, faults))
                .or(() -> faults.isEmpty() ? ofContext(env, config, faults) : Optional.empty());
        if (!faults.isEmpty()) {
            throw refused(faults);
        }
        return found.orElseGet(() -> usual(env, home));
    }

    /// An address as a person writes it.
    /// @throws EnvironmentException naming what is wrong with it
    public static EngineAddress parse(String text) {
        List<String> faults = new ArrayList<>();
        URI uri = read(text, "the address", faults).orElse(null);
        if (uri == null) {
            throw refused(faults);
        }
        return new EngineAddress(uri, Optional.empty(), "given");
    }

    boolean isSsh() {
        return uri.getScheme().equals("ssh");
    }

    @Override
    public String toString() {
        return uri + " (" + origin + ")";
    }

    private static EnvironmentException refused(List<String> faults) {
        return new EnvironmentException(
                faults.size() == 1
                        ? "no engine can be asked: " + faults.getFirst()
                        : "no engine can be asked:\n  " + String.join("\n  ", faults));
    }

    private static Optional<EngineAddress> ofHost(
            String value, Map<String, String> env, Path config, List<String> faults) {
        Optional<URI> uri = read(value, "DOCKER_HOST", faults);
        Optional<Path> tls = setting(env, "DOCKER_TLS_VERIFY")
                .map(on -> setting(env, "DOCKER_CERT_PATH").map(Path::of).orElse(config));
        if (uri.isPresent() && uri.get().getScheme().equals("tcp")) {
            String place = setting(env, "DOCKER_CERT_PATH").isPresent() ? "DOCKER_CERT_PATH" : "DOCKER_TLS_VERIFY";
            tls.ifPresent(directory -> checkTls(directory, place, faults));
        } else {
            tls = Optional.empty();
        }
        Optional<Path> material = tls;
        return uri.map(known -> new EngineAddress(known, material, "DOCKER_HOST"));
    }

    private static Optional<EngineAddress> ofContext(Map<String, String> env, Path config, List<String> faults) {
        DockerConfig read = DockerConfig.read(config);
        Optional<String> asked = setting(env, "DOCKER_CONTEXT");
        String place = asked.isPresent() ? "DOCKER_CONTEXT" : "currentContext in " + read.file();
        Optional<String> name = asked.or(() -> {
            read.fault().ifPresent(faults::add);
            return read.currentContext();
        });
        if (name.isEmpty() || name.get().equals("default")) {
            return Optional.empty();
        }
        return DockerContext.read(config, name.get(), place, faults).flatMap(context -> {
            Optional<URI> uri = read(context.host(), "context '" + name.get() + "'", faults);
            context.tls().ifPresent(directory -> checkTls(directory, "context '" + name.get() + "'", faults));
            return uri.map(
                    known -> new EngineAddress(known, context.tls(), "context '" + name.get() + "' of " + place));
        });
    }

    private static EngineAddress usual(Map<String, String> env, Path home) {
        List<Path> places = new ArrayList<>(List.of(Path.of(USUAL)));
        setting(env, "XDG_RUNTIME_DIR").ifPresent(directory -> places.add(Path.of(directory, "docker.sock")));
        places.add(home.resolve(".docker/run/docker.sock"));
        Optional<Path> there = places.stream().filter(Files::exists).findFirst();
        String origin = there.isPresent()
                ? "the usual place: neither DOCKER_HOST nor a context says another"
                : "the usual place; neither DOCKER_HOST nor a context says another, and nothing is at "
                        + String.join(", ", places.stream().map(Path::toString).toList());
        return new EngineAddress(URI.create("unix://" + there.orElse(Path.of(USUAL))), Optional.empty(), origin);
    }

    private static void checkTls(Path directory, String place, List<String> faults) {
        List<String> missing = TLS_FILES.stream()
                .filter(name -> !Files.isReadable(directory.resolve(name)))
                .toList();
        if (!missing.isEmpty()) {
            faults.add(place + ": cannot read " + String.join(", ", missing) + " in '" + directory + "'");
        }
    }

    private static Optional<URI> read(String text, String place, List<String> faults) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            faults.add(place + ": '" + text + "' is no address: " + e.getReason());
            return Optional.empty();
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        String fault = switch (scheme) {
            case "unix" ->
                uri.getPath() == null || uri.getPath().isEmpty() || uri.getHost() != null
                        ? "needs three slashes and a path, as in unix://" + USUAL
                        : "";
            case "tcp" ->
                uri.getHost() == null || uri.getPort() < 0 ? "needs a host and a port, as in tcp://127.0.0.1:2375" : "";
            case "ssh" -> sshFault(uri);
            case "npipe" ->
                "is a named pipe of Windows, which this tool can't speak through; tcp:// or ssh:// would do";
            case "" -> "has no scheme; known are unix://, tcp:// and ssh://";
            default -> "has the scheme '" + scheme + "'; known are unix://, tcp:// and ssh://";
        };
        if (!fault.isEmpty()) {
            faults.add(place + ": '" + text + "' " + fault);
            return Optional.empty();
        }
        return Optional.of(uri);
    }

    private static String sshFault(URI uri) {
        String authority = uri.getAuthority() == null ? "" : uri.getAuthority();
        if (authority.matches("[^@]*:[^@]*@.*")) {
            return "holds a password, which ssh doesn't take; use a key";
        }
        if (authority.startsWith("-") || authority.contains("@-")) {
            return "begins with a dash, which ssh would take for an option";
        }
        if (!SshTarget.AUTHORITY.matcher(authority).matches()) {
            return "needs a host, as in ssh://user@host or ssh://user@host:22";
        }
        return uri.getPath().isEmpty() || uri.getPath().equals("/") ? "" : "has a path, which can't be used";
    }

    private static Optional<String> setting(Map<String, String> env, String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
    }
}
