package dev.understudy.cli;

import dev.understudy.runtime.docker.draft.Draft;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.reading.Validation;
import dev.understudy.scenario.writing.FirstScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `init TOPOLOGY`: a complete first scenario, and the schema beside it; asks nothing, overwrites nothing.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:the files were written",
            "  2:the topology is wrong, a file is there already, or usage error",
            "  4:the files can't be written, or no engine answers"
        },
        description = {
            "Writes a complete first scenario for a topology: everything again in its present version, and back.",
            "With --docker, the topology too: of a Compose project as it runs."
        })
final class InitCommand implements Callable<Integer> {
    private static final String SCHEMA = "scenario.schema.json";
    private static final String RECORDING = "traffic.jsonl";

    @Parameters(paramLabel = "TOPOLOGY", arity = "0..1", description = "a topology file")
    @Nullable
    Path topology;

    @Option(
            names = "--docker",
            paramLabel = "PROJECT",
            description = "a Compose project that runs: its topology is written beside the scenario")
    @Nullable
    String project;

    @Option(names = "--out", paramLabel = "FILE", description = "the scenario (default: first.yaml, or PROJECT.yaml)")
    @Nullable
    Path out;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--force", description = "overwrite what is there")
    boolean force;

    @Override
    public Integer call() {
        if ((topology == null) == (project == null)) {
            throw new ParameterException(
                    java.util.Objects.requireNonNull(spec).commandLine(),
                    "init needs either a topology file or --docker PROJECT");
        }
        Path scenario = out == null ? Path.of(project == null ? "first.yaml" : project + ".yaml") : out;
        Map<Path, String> texts = texts(scenario);
        if (!force) {
            refuseToOverwrite(texts);
        }
        texts.forEach(InitCommand::write);
        texts.keySet().forEach(file -> System.out.println("wrote " + file));
        System.out.println("next:  understudy rehearse " + scenario);
        return ExitCode.GO.code();
    }

    private Map<Path, String> texts(Path out) {
        Path beside = out.toAbsolutePath().normalize().getParent();
        if (beside == null) {
            throw refused(out, "'" + out + "' is no name for a file");
        }
        Map<Path, String> texts = new LinkedHashMap<>();
        Path declared = topology;
        Topology read;
        if (declared == null) {
            declared = out.resolveSibling(project + ".topology.yaml");
            String drafted = drafted(java.util.Objects.requireNonNull(project));
            texts.put(declared, drafted);
            read = Language.topology(declared.toString(), drafted);
        } else {
            read = read(declared);
        }
        String toTopology =
                beside.relativize(declared.toAbsolutePath().normalize()).toString();
        FirstScenario.Files files = FirstScenario.of(read, toTopology, RECORDING, SCHEMA);
        texts.put(out, files.scenario());
        texts.put(out.resolveSibling(SCHEMA), SchemaCommand.scenario());
        if (!files.recording().isEmpty()) {
            texts.put(out.resolveSibling(RECORDING), files.recording());
        }
        return texts;
    }

    private static String drafted(String project) {
        try (EngineReading engine = EngineReading.open(Runtimes.engine())) {
            return Draft.of(project, engine).text();
        }
    }

    private static Topology read(Path topology) {
        Validation validation = Language.validate(List.of(topology.toString()));
        if (!validation.isSound()) {
            throw new ScenarioException(validation.problems());
        }
        if (validation.topologies().isEmpty()) {
            throw refused(topology, "this is a scenario; a first one is made from a topology");
        }
        return validation.topologies().getFirst();
    }

    /// A file that holds already what would be written isn't overwritten by it.
    private static void refuseToOverwrite(Map<Path, String> texts) {
        List<Problem> there = new ArrayList<>();
        texts.forEach((file, text) -> {
            if (Files.exists(file) && !holds(file, text)) {
                there.add(Problem.at(
                        new Place(file.toString(), 1, 1), "'" + file + "' is there already; --force overwrites it"));
            }
        });
        if (!there.isEmpty()) {
            throw new ScenarioException(there);
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.isRegularFile(file) && Files.readString(file).equals(text);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static void write(Path file, String text) {
        try {
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new dev.understudy.runtime.EnvironmentException("can't write " + file + ": " + e.getMessage(), e);
        }
    }

    private static ScenarioException refused(Path file, String why) {
        return new ScenarioException(List.of(Problem.at(new Place(file.toString(), 1, 1), why)));
    }
}
