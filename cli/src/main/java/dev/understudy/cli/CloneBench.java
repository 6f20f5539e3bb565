package dev.understudy.cli;

import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.runtime.process.ProcessRuntime;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.reading.Validation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bench clone FILE`: copying live's data, building two arms and starting their services until all are healthy, beside
/// starting
/// the same processes again on data that is already there. Both halves of a pair are of the same shadow, one after the
/// other.
@Command(
        name = "clone",
        mixinStandardHelpOptions = true,
        description = "Cloning two arms, beside starting the same processes on data that is there.")
final class CloneBench implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "a scenario")
    String file = "";

    @Option(names = "--pairs", defaultValue = "3", description = "how many pairs (default: ${DEFAULT-VALUE})")
    int pairs = 3;

    @Override
    public Integer call() throws IOException {
        Validation validation = Language.validate(List.of(file));
        if (!validation.isSound()) {
            throw new ScenarioException(validation.problems());
        }
        Scenario scenario = validation.scenarios().getFirst();
        RealTimeline timeline = new RealTimeline();
        Interrupts.reach(timeline);
        try (ProcessRuntime runtime = Runtimes.process(Path.of(""), timeline);
                Live live = runtime.discover(scenario.topology(), true, EffectLog.NONE)) {
            List<Double> plain = new ArrayList<>();
            for (int pair = 0; pair < pairs; pair++) {
                double[] measured = measure(runtime, live, scenario, timeline, pair);
                double ours = measured[0];
                double theirs = measured[1];
                plain.add(theirs);
                System.out.println(String.format(
                        Locale.ROOT,
                        "{\"bench\": \"clone\", \"case\": \"%s\", \"ours\": %.3f, \"unit\": \"s\", \"peer\": \"starting the same processes\", "
                                + "\"theirs\": %.3f, \"ratio\": %.3f, \"noise\": %.3f}",
                        scenario.name(),
                        ours,
                        theirs,
                        ours / theirs,
                        spread(plain)));
            }
        } finally {
            Interrupts.calm();
        }
        return ExitCode.GO.code();
    }

    /// Seconds for clone and start, and for a start alone.
    private static double[] measure(
            ProcessRuntime runtime, Live live, Scenario scenario, RealTimeline timeline, int pair) {
        long began = timeline.now();
        try (Shadow shadow =
                runtime.clone(new ShadowRequest("bench-" + pair, live, scenario, timeline, EffectLog.NONE))) {
            shadow.start();
            long cloned = timeline.now();
            shadow.reset();
            long reset = timeline.now();
            shadow.start();
            return new double[] {(cloned - began) / 1e9, (timeline.now() - reset) / 1e9};
        }
    }

    private static double spread(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(0)
                - values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }
}
