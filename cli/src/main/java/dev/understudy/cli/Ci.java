package dev.understudy.cli;

import dev.understudy.report.ci.Annotations;
import dev.understudy.report.finding.Finding;
import dev.understudy.scenario.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The CI server that the tool runs on, if any, as its environment tells: what it wants to be told besides files.
///
/// @param stepSummary where GitHub Actions takes Markdown for the page of a run
/// @param annotates whether lines of standard output become annotations
/// @param repository the root from which it names files
record Ci(Optional<Path> stepSummary, boolean annotates, Path repository) {

    /// No server: nothing but files.
    static Ci none() {
        return new Ci(Optional.empty(), false, root(Path.of("").toAbsolutePath()));
    }

    /// Reads GitHub's `GITHUB_ACTIONS`, `GITHUB_STEP_SUMMARY`, `GITHUB_WORKSPACE` and GitLab's `CI_PROJECT_DIR`.
    static Ci of(Map<String, String> environment, Path directory) {
        return new Ci(
                named(environment, "GITHUB_STEP_SUMMARY"),
                "true".equals(environment.get("GITHUB_ACTIONS")),
                named(environment, "GITHUB_WORKSPACE")
                        .or(() -> named(environment, "CI_PROJECT_DIR"))
                        .map(root -> root.toAbsolutePath().normalize())
                        .filter(directory::startsWith)
                        .orElseGet(() -> root(directory)));
    }

    private static Optional<Path> named(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /// The nearest directory upwards that holds `.git`, else the one given.
    private static Path root(Path directory) {
        for (Path each = directory; each != null; each = each.getParent()) {
            if (Files.exists(each.resolve(".git"))) {
                return each;
            }
        }
        return directory;
    }

    /// A file as the user named it, from the root of the repository with slashes; absolute if it lies outside.
    String inRepository(String file) {
        Path absolute = Path.of(file).toAbsolutePath().normalize();
        Path shown = absolute.startsWith(repository) ? repository.relativize(absolute) : absolute;
        return shown.toString().replace('\\', '/');
    }

    /// Prints findings as annotations, if that is what they become.
    void annotate(List<Finding> findings) {
        if (annotates) {
            Annotations.of(findings).forEach(System.out::println);
        }
    }

    /// Prints problems of files as annotations.
    void annotateProblems(List<Problem> problems) {
        if (annotates) {
            Annotations.ofProblems(problems.stream().map(this::moved).toList()).forEach(System.out::println);
        }
    }

    private Problem moved(Problem problem) {
        return new Problem(
                new dev.understudy.scenario.Place(
                        inRepository(problem.place().file()),
                        problem.place().line(),
                        problem.place().column()),
                problem.message(),
                problem.hint());
    }

    /// Appends to the page of the run. That it can't be is said and fails nothing: the file lies beside the report.
    void summarize(String markdown) {
        stepSummary.ifPresent(file -> {
            try {
                Files.writeString(
                        file, markdown, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                System.err.println("understudy: can't append to GITHUB_STEP_SUMMARY, " + file + ": " + e.getMessage());
            }
        });
    }
}
