package dev.understudy.cli;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.Bundle.Artefact;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.scenario.Template;
import dev.understudy.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files that live's versions run: those that a word of their command names by a relative path, as a
/// class path
/// or behind an `@` too. They are not part of a bundle: who rehearses from it has them from the build.
final class Artefacts {
    private Artefacts() {}

    /// All of a scenario, with their digests, by service and file.
    static List<Artefact> of(Scenario scenario) {
        Path directory = Path.of(scenario.topology().directory());
        List<Artefact> all = new ArrayList<>();
        scenario.shadowServices()
                .filter(service -> scenario.shadow().mode(service.name()) == ServiceMode.RUN)
                .forEach(service -> files(service, directory)
                        .distinct()
                        .sorted()
                        .forEach(file -> all.add(new Artefact(
                                service.name(),
                                file,
                                digest(directory.resolve(file))
                                        .orElseThrow(() -> new EnvironmentException("'" + file + "', which '"
                                                + service.name() + "' runs, can't be read"))))));
        return all;
    }

    /// The digest of a file; empty if it can't be read.
    static Optional<String> digest(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Digest.of(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Stream<String> files(Service service, Path directory) {
        return Optional.ofNullable(service.versions().get(service.version())).stream()
                .flatMap(version -> version.command().stream())
                .map(Template::text)
                .flatMap(word -> Stream.of(word.split(":")))
                .map(part -> part.startsWith("@") ? part.substring(1) : part)
                .filter(part -> !part.isEmpty() && !part.startsWith("/"))
                .flatMap(part -> files(part, directory));
    }

    private static Stream<String> files(String part, Path directory) {
        try {
            if (!part.endsWith("/*")) {
                return Files.isRegularFile(directory.resolve(part)) ? Stream.of(part) : Stream.empty();
            }
            String parent = part.substring(0, part.length() - 1);
            try (Stream<Path> inside = Files.list(directory.resolve(parent))) {
                return inside.filter(Files::isRegularFile).map(file -> parent + file.getFileName()).toList().stream();
            }
        } catch (IOException | InvalidPathException noFile) {
            return Stream.empty();
        }
    }
}
