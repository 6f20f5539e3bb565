package dev.understudy.runtime.process;

import dev.understudy.runtime.Release;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.Template;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// How an instance of a process service is started: words, directory, environment.
///
/// The environment is what the topology declares and a few harmless basics; nothing else of whoever runs
/// the tool gets in.
record Commands(List<String> words, Path directory, Map<String, String> environment) {
    private static final List<String> BASICS = List.of("PATH", "LANG", "LC_ALL", "TZ", "JAVA_HOME");

    /// @param resolve fills references in
    /// @param data the directory its data variable names; ignored without one
    static Commands of(
            Service service,
            Release release,
            Path topologyDirectory,
            Function<Template, String> resolve,
            int port,
            Path home,
            Path data) {
        Service.Version version = service.versions().get(release.version());
        if (version == null) {
            throw new IllegalArgumentException(
                    "service '" + service.name() + "' has no version '" + release.version() + "'");
        }
        Map<String, String> environment = basics();
        environment.put("HOME", home.toString());
        if (port > 0) {
            environment.put("PORT", Integer.toString(port));
        }
        service.environment().forEach((name, value) -> environment.put(name, resolve.apply(value)));
        version.environment().forEach((name, value) -> environment.put(name, resolve.apply(value)));
        release.settings().forEach((name, value) -> environment.put(name, resolve.apply(value)));
        service.data().ifPresent(declared -> environment.put(declared.variable(), data.toString()));
        return new Commands(
                version.command().stream().map(resolve).toList(),
                version.directory().map(topologyDirectory::resolve).orElse(topologyDirectory),
                environment);
    }

    /// The few variables every process gets.
    static Map<String, String> basics() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : BASICS) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        return environment;
    }

    /// Where the basics have services look for programs, as far as an arm hides what lies around.
    static Stream<Path> programDirectories() {
        Map<String, String> basics = basics();
        Stream<Path> searched = Stream.of(basics.getOrDefault("PATH", "").split(":"))
                .filter(entry -> entry.startsWith("/"))
                .map(Path::of)
                .map(Namespaces::home);
        return Stream.concat(
                        searched, Stream.ofNullable(basics.get("JAVA_HOME")).map(Path::of))
                .filter(Namespaces::isHidden);
    }

    /// Starts `wrapped`, which is these words or something that runs them elsewhere; output into `log`.
    Process start(List<String> wrapped, Path log) throws java.io.IOException {
        return builder(wrapped, log).start();
    }

    /// The same in a directory of this process's own view of the file system.
    Process startIn(Path where, List<String> wrapped, Path log) throws java.io.IOException {
        return builder(wrapped, log).directory(where.toFile()).start();
    }

    private ProcessBuilder builder(List<String> wrapped, Path log) {
        ProcessBuilder builder = new ProcessBuilder(wrapped)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
