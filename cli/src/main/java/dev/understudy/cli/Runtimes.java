package dev.understudy.cli;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Runtime;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.docker.DockerPlace;
import dev.understudy.runtime.docker.DockerRuntime;
import dev.understudy.runtime.docker.engine.EngineAddress;
import dev.understudy.runtime.process.ProcessRuntime;
import dev.understudy.runtime.process.Workplace;
import dev.understudy.scenario.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The places where services can run.
final class Runtimes {
    private static final List<String> IN_CONTAINERS = List.of(
            "understudy-links",
            "understudy-runtime-api",
            "understudy-runtime-docker",
            "understudy-language",
            "understudy-stores",
            "postgresql-",
            "commons-compress-",
            "commons-io-",
            "HdrHistogram-");

    private Runtimes() {}

    /// Refuses a rehearsal where processes can't be found, before it leaves anything.
    ///
    /// @throws EnvironmentException if this isn't Linux
    static void requireLinux() {
        if (!Machine.isLinux()) {
            throw new EnvironmentException(System.getProperty("os.name")
                    + " has no /proc/self/ns: live is found and arms are shut in through Linux's /proc and namespaces;"
                    + " rehearse on Linux, or in a virtual machine with it ('understudy doctor' says more)");
        }
    }

    /// The one in which the services of `topology` run.
    static Runtime of(Topology topology, Timeline timeline) {
        return topology.docker().isPresent() ? docker(timeline) : process(Path.of(""), timeline);
    }

    static DockerRuntime docker(Timeline timeline) {
        return new DockerRuntime(
                new DockerPlace(Runtimes::engine, Path.of("").toAbsolutePath(), Home.state(), inContainers()),
                timeline);
    }

    /// The engine that the user's environment names, as for the `docker` command.
    static EngineAddress engine() {
        return EngineAddress.find(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /// What our own programs in containers need of this tool.
    private static List<Path> inContainers() {
        return Home.classes().stream()
                .filter(path -> {
                    String name = String.valueOf(path.getFileName());
                    return Files.isDirectory(path) || IN_CONTAINERS.stream().anyMatch(name::startsWith);
                })
                .toList();
    }

    /// Removes what runs that died left, in this user's directories and in the engine, if one answers.
    static List<String> clean() {
        List<String> left = new ArrayList<>();
        try (ProcessRuntime processes = process(Path.of(""), new RealTimeline())) {
            left.addAll(processes.clean());
        }
        try (DockerRuntime containers = docker(new RealTimeline())) {
            left.addAll(containers.clean());
        } catch (EnvironmentException noEngine) {
            // then nothing of ours runs in it
        }
        return List.copyOf(left);
    }

    static ProcessRuntime process(Path here, Timeline timeline) {
        return new ProcessRuntime(
                new Workplace(Home.state(), here.toAbsolutePath(), topology -> Home.itself("mirror", topology)),
                timeline);
    }
}
