package dev.understudy.cli;

import dev.understudy.report.ComparisonJson;
import dev.understudy.report.comparison.Comparison;
import dev.understudy.report.comparison.ComparisonTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `compare A B`: two recorded runs side by side.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Two recorded runs side by side: what got worse or better. Exits 0 if B is no worse than A, 1 if"
                + " it is, 2 if one of them can't be read.")
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "the earlier run: a run.json, a run's directory or its id")
    String before = "";

    @Parameters(index = "1", paramLabel = "B", description = "the later run")
    String after = "";

    @Option(names = "--json", description = "for machines")
    boolean json;

    @Override
    public Integer call() {
        Comparison comparison = Comparison.of(
                RecordedRun.named(before).facts(), RecordedRun.named(after).facts());
        System.out.print(json ? ComparisonJson.render(comparison) : ComparisonTable.render(comparison));
        return comparison.isWorse() ? ExitCode.NO_GO.code() : ExitCode.GO.code();
    }
}
