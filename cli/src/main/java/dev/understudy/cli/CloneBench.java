package dev.understudy.cli;

import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.ShadowRequest;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.process.PlainStart;
import dev.understudy.runtime.process.ProcessRuntime;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.reading.Validation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bench clone FILE`: copying live's data, building two arms and starting their services until all are healthy, beside
/// starting the same processes twice at once without the tool, on data that lies ready.
///
/// A pair is peer, ours, peer: `theirs` is the mean of the two, `noise` how far they lie apart as a share of it, to be
/// set against `ratio`. A drift of the machine's speed over the pair so falls on both sides.
@Command(
        name = "clone",
        mixinStandardHelpOptions = true,
        description = "Cloning two arms, beside starting the same processes at once without the tool.")
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
            for (int pair = 0; pair < pairs; pair++) {
                String id = "bench-" + ProcessHandle.current().pid() + "-" + pair;
                double before = plain(runtime, request(id + "-before", live, scenario, timeline));
                double ours = shadow(runtime, request(id, live, scenario, timeline));
                double after = plain(runtime, request(id + "-after", live, scenario, timeline));
                System.out.println(line(scenario.name(), ours, before, after));
            }
            return ExitCode.GO.code();
        } catch (Timeline.Interruption stopped) {
            return ExitCode.INTERRUPTED.code();
        } finally {
            Interrupts.calm();
        }
    }

    private static ShadowRequest request(String id, Live live, Scenario scenario, Timeline timeline) {
        return new ShadowRequest(id, live, scenario, timeline, EffectLog.NONE);
    }

    /// Seconds until two arms are cloned and healthy.
    private static double shadow(ProcessRuntime runtime, ShadowRequest request) {
        long began = request.sampleTime().now();
        try (Shadow shadow = runtime.clone(request)) {
            shadow.start();
            return seconds(request, began);
        }
    }

    /// Seconds until two plain copies are healthy; copying their data is not counted.
    private static double plain(ProcessRuntime runtime, ShadowRequest request) {
        try (PlainStart plain = runtime.plain(request)) {
            long began = request.sampleTime().now();
            plain.start();
            return seconds(request, began);
        }
    }

    private static double seconds(ShadowRequest request, long began) {
        return (request.sampleTime().now() - began) / 1e9;
    }

    private static String line(String name, double ours, double before, double after) {
        double theirs = (before + after) / 2;
        return String.format(
                Locale.ROOT,
                "{\"bench\": \"clone\", \"case\": \"%s\", \"ours\": %.3f, \"unit\": \"s\", "
                        + "\"peer\": \"the same processes started at once without the tool\", "
                        + "\"theirs\": %.3f, \"ratio\": %.3f, \"noise\": %.3f}",
                name,
                ours,
                theirs,
                ours / theirs,
                Math.abs(before - after) / theirs);
    }
}
