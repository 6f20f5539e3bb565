package dev.understudy.cli;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `init TOPOLOGY`: a complete first scenario, and the schema beside it; asks nothing, overwrites nothing.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:the files were written",
            "  2:the topology is wrong, a file is there already, or usage error",
            "  4:the files can't be written"
        },
        description =
                "Writes a complete first scenario for a topology: everything again in its present version, and back.")
final class InitCommand implements Callable<Integer> {
    private static final String SCHEMA = "scenario.schema.json";
    private static final String RECORDING = "traffic.jsonl";

    @Parameters(paramLabel = "TOPOLOGY", description = "a topology file")
    Path topology = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "the scenario (default: ${DEFAULT-VALUE})")
    Path out = Path.of("first.yaml");

    @Option(names = "--force", description = "overwrite what is there")
    boolean force;

    @Override
    public Integer call() {
        Map<Path, String> texts = texts();
        if (!force) {
            refuseToOverwrite(texts);
        }
        texts.forEach(InitCommand::write);
        texts.keySet().forEach(file -> System.out.println("wrote " + file));
        System.out.println("next:  understudy rehearse " + out);
        return ExitCode.GO.code();
    }

    private Map<Path, String> texts() {
        Topology read = read();
        Path beside = out.toAbsolutePath().normalize().getParent();
        if (beside == null) {
            throw refused(out, "'" + out + "' is no name for a file");
        }
        String toTopology =
                beside.relativize(topology.toAbsolutePath().normalize()).toString();
        FirstScenario.Files files = FirstScenario.of(read, toTopology, RECORDING, SCHEMA);
        Map<Path, String> texts = new LinkedHashMap<>();
        texts.put(out, files.scenario());
        texts.put(out.resolveSibling(SCHEMA), SchemaCommand.scenario());
        if (!files.recording().isEmpty()) {
            texts.put(out.resolveSibling(RECORDING), files.recording());
        }
        return texts;
    }

    private Topology read() {
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
