package dev.understudy.cli;

import dev.understudy.deviation.DeviationKinds;
import dev.understudy.scenario.reading.ScenarioSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `schema`: the JSON schema that editors complete and check by.
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"  0:it was printed", "  2:usage error"},
        description = "Prints the JSON schema (draft-07) of a scenario, with every deviation kind there is.")
final class SchemaCommand implements Callable<Integer> {
    @Option(names = "--topology", description = "of a topology instead")
    boolean topology;

    @Override
    public Integer call() {
        System.out.print(topology ? ScenarioSchema.topology() : scenario());
        return ExitCode.GO.code();
    }

    static String scenario() {
        return new ScenarioSchema(DeviationKinds.signatures()).scenario();
    }
}
