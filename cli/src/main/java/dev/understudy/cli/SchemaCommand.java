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
        description =
                "Prints the JSON schema (draft-07) of a scenario, with every deviation kind there is, or of another"
                        + " kind of file.")
final class SchemaCommand implements Callable<Integer> {
    @Option(names = "--topology", description = "of a topology instead: short for --of topology")
    boolean topology;

    @Option(
            names = "--of",
            paramLabel = "KIND",
            description = "scenario, topology, or mix: what made-up users do (default: ${DEFAULT-VALUE})")
    Kind of = Kind.scenario;

    /// The files that have a schema, as they are called on the command line.
    enum Kind {
        scenario,
        topology,
        mix
    }

    @Override
    public Integer call() {
        System.out.print(
                switch (topology ? Kind.topology : of) {
                    case scenario -> scenario();
                    case topology -> ScenarioSchema.topology();
                    case mix -> ScenarioSchema.mix();
                });
        return ExitCode.GO.code();
    }

    static String scenario() {
        return new ScenarioSchema(DeviationKinds.signatures()).scenario();
    }
}
