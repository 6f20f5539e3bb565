package dev.understudy.cli;

import dev.understudy.journal.RunDirectory;
import dev.understudy.mirror.MirrorTerms;
import dev.understudy.mirror.capture.CaptureSource;
import dev.understudy.mirror.capture.CaptureWriter;
import dev.understudy.mirror.feed.MirrorSubscription;
import dev.understudy.mirror.synthetic.SyntheticSource;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.TrafficSource;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.Traffic;
import dev.understudy.scenario.TrafficMix;
import dev.understudy.scenario.reading.DiskSources;
import dev.understudy.scenario.reading.ReadResult;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where a scenario's requests come from, and where the sample of a run is kept.
final class Sample {
    /// All of a recording is held in memory.
    private static final int LARGEST_RECORDING = 128 << 20;

    private Sample() {}

    /// Opens the source. @throws EnvironmentException if live's mirror doesn't answer
    static TrafficSource open(Scenario scenario, SourceTree files, Timeline timeline) {
        return open(scenario, files, timeline, terms(scenario));
    }

    /// The same under other terms.
    static TrafficSource open(Scenario scenario, SourceTree files, Timeline timeline, MirrorTerms terms) {
        return switch (scenario.traffic().from()) {
            case Traffic.Source.Mirror mirror -> {
                Topology.MirrorPoint point = scenario.topology()
                        .mirror()
                        .orElseThrow(() -> new EnvironmentException("the topology declares no mirror"));
                yield MirrorSubscription.connect(
                        point.feed(), mirror.service(), terms, MirrorSubscription.Options.USUAL);
            }
            case Traffic.Source.Capture capture -> {
                String name = SourceTree.sibling(scenario.place().file(), capture.file());
                yield switch (new DiskSources(Path.of(""), LARGEST_RECORDING).open(name)) {
                    case SourceTree.Found.Content content ->
                        CaptureSource.read(
                                name, content.bytes(), scenario.topology().entry(), terms);
                    case SourceTree.Found.Unreadable unreadable ->
                        throw new ScenarioException(
                                List.of(Problem.at(scenario.place(), "recording '" + name + "': " + unreadable.why())));
                };
            }
            case Traffic.Source.Synthetic synthetic -> {
                String name = SourceTree.sibling(scenario.place().file(), synthetic.mix());
                yield switch (Language.reader().mix(files, name)) {
                    case ReadResult.Read<TrafficMix>(TrafficMix mix) ->
                        new SyntheticSource(
                                mix,
                                synthetic.perSecond(),
                                scenario.topology().entry(),
                                terms,
                                scenario.seed(),
                                timeline::now);
                    case ReadResult.Refused<TrafficMix>(List<Problem> problems) ->
                        throw new ScenarioException(problems);
                };
            }
        };
    }

    /// Keeps the sampled exchanges, redacted, in the run's `traffic/sample.jsonl`.
    static void write(RunDirectory directory, Scenario scenario, List<LiveExchange> sample) {
        if (scenario.traffic().from() instanceof Traffic.Source.Capture) {
            return;
        }
        write(directory.file("traffic/sample.jsonl"), terms(scenario), sample);
    }

    /// Writes redacted exchanges as a recording.
    /// @throws EnvironmentException if it can't be written, or would be too large to be read again
    static void write(Path file, MirrorTerms terms, List<LiveExchange> sample) {
        try {
            Files.createDirectories(file.getParent());
            try (Writer out = Files.newBufferedWriter(file);
                    CaptureWriter writer = new CaptureWriter(out, terms)) {
                for (LiveExchange exchange : sample) {
                    writer.write(exchange);
                }
            }
            if (Files.size(file) > LARGEST_RECORDING) {
                throw new EnvironmentException(file + " has " + Files.size(file) + " bytes, and at most "
                        + LARGEST_RECORDING + " are read again: take a smaller sample, or a shorter time");
            }
        } catch (IOException e) {
            throw new EnvironmentException("can't write " + file + ": " + e.getMessage(), e);
        }
    }

    private static MirrorTerms terms(Scenario scenario) {
        return MirrorTerms.of(scenario.traffic(), "seed " + scenario.seed());
    }
}
