package dev.understudy.cli;

import dev.understudy.engine.Timetable;
import dev.understudy.runtime.process.Listeners;
import dev.understudy.scenario.Scenario;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `plan FILE`: what a rehearsal would do, when, and what it would take; touches nothing.
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"  0:it was printed", "  2:the scenario is wrong, or usage error"},
        description = {
            "Prints what a rehearsal would do and when, from the scenario alone, and on stderr what it would take",
            "of this machine. Touches nothing."
        })
final class PlanCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "a scenario")
    String file = "";

    @Option(names = "--seed", paramLabel = "SEED", description = "instead of the scenario's own")
    @Nullable
    Long seed;

    @Override
    public Integer call() {
        Scenario read = Language.scenario(file);
        Scenario scenario = seed == null ? read : read.withSeed(seed);
        System.out.print(PlanText.of(scenario));
        estimate(scenario, System.err);
        return ExitCode.GO.code();
    }

    private static void estimate(Scenario scenario, PrintStream err) {
        Timetable timetable = Timetable.of(scenario);
        int trials = Timetable.trials(scenario, 1);
        err.println("time:   " + PlanText.time(timetable.shortest()) + " to " + PlanText.time(timetable.longest())
                + " a trial" + (trials == 1 ? "" : ", up to " + trials + " trials with the pairs of 'optimize'")
                + "; cloning, starting and comparing come on top");
        Footprint footprint = Footprint.of(scenario, Listeners.now());
        err.println("memory: about " + Footprint.size(footprint.memory()) + " an arm, "
                + Footprint.size(footprint.memoryOfAll()) + " in all with the tool");
        err.println("disk:   about " + Footprint.size(footprint.disk()) + " an arm, "
                + Footprint.size(footprint.diskOfAll()) + " in all");
        if (!footprint.assumed().isEmpty()) {
            err.println("        partly assumed, as they don't run here or may not be seen: "
                    + String.join(", ", footprint.assumed()));
        }
    }
}
