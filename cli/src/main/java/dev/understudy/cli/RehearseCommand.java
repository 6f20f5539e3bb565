package dev.understudy.cli;

import dev.understudy.cli.progress.Style;
import dev.understudy.engine.Rehearsal;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `rehearse FILE…|DIR`: runs scenarios one after the other; all are validated before the first starts.
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        description = "Rehearses scenarios; the exit code is the gate. All are validated before one starts.")
final class RehearseCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "scenario files, or directories of them")
    List<Path> targets = List.of();

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "full trials of each scenario (default: ${DEFAULT-VALUE})")
    int trials = 1;

    @Option(names = "--seed", paramLabel = "SEED", description = "instead of the scenario's own")
    @Nullable
    Long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "where runs are kept (default: ${DEFAULT-VALUE})")
    Path out = Path.of("rehearsals");

    @Option(
            names = "--baseline",
            paramLabel = "RUN",
            description = "hold the run of the same scenario against this one (a run.json, a run's directory or its"
                    + " id); shown, never judged; may be given for several scenarios")
    List<String> baselines = List.of();

    @Option(names = "--no-optimize", description = "don't look for a better order of the rollback")
    boolean noOptimize;

    @Option(names = "--advisory", description = "exit 0 for NO_GO and INCONCLUSIVE too, and say so")
    boolean advisory;

    @Option(
            names = "--progress",
            paramLabel = "STYLE",
            description = "auto, tty, plain, quiet or json, on stderr (default: ${DEFAULT-VALUE})")
    Style progress = Style.AUTO;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (trials < 1 && spec != null) {
            throw new ParameterException(spec.commandLine(), "--trials must be at least 1, not " + trials);
        }
        Suite suite = new Suite(
                out,
                new Rehearsal.Options(Math.max(1, trials), !noOptimize),
                progress,
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                new Reporting(
                        Ci.of(System.getenv(), Path.of("").toAbsolutePath()),
                        baselines.stream().map(RecordedRun::named).toList()));
        List<String> files = files();
        Runtimes.requireLinux();
        ExitCode code = suite.run(files);
        if (advisory && (code == ExitCode.NO_GO || code == ExitCode.INCONCLUSIVE)) {
            System.out.println("advisory: " + code + " does not fail this command");
            return ExitCode.GO.code();
        }
        return code.code();
    }

    private List<String> files() {
        List<String> files = new ArrayList<>();
        for (Path target : targets) {
            if (Files.isDirectory(target)) {
                files.addAll(scenarios(target));
            } else {
                files.add(target.toString());
            }
        }
        return files;
    }

    private static List<String> scenarios(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            List<String> found = all.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .filter(Files::isRegularFile)
                    .map(Path::toString)
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new ScenarioException(List.of(nothingIn(directory, "holds no .yaml file")));
            }
            return found;
        } catch (IOException e) {
            throw new ScenarioException(List.of(nothingIn(directory, "can't be read: " + e.getMessage())));
        }
    }

    private static Problem nothingIn(Path directory, String why) {
        return Problem.at(
                new dev.understudy.scenario.Place(directory.toString(), 1, 1), "directory '" + directory + "' " + why);
    }
}
