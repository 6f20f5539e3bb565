package dev.understudy.cli;

import dev.understudy.cli.progress.Progress;
import dev.understudy.deviation.DeviationKinds;
import dev.understudy.engine.Rehearsal;
import dev.understudy.engine.Wiring;
import dev.understudy.journal.Event;
import dev.understudy.journal.ExchangeRecord;
import dev.understudy.journal.Journal;
import dev.understudy.journal.JournalWriter;
import dev.understudy.journal.Recorder;
import dev.understudy.journal.RunDirectory;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Runtime;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.TrafficSource;
import dev.understudy.runtime.process.ProcessId;
import dev.understudy.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `shadow hold`: the process that `shadow up` leaves behind. It owns the shadow: when it dies, however it
/// dies, the walls of the arms fall and all inside ends.
@Command(name = "hold", hidden = true, description = "What 'shadow up' starts; not for people.")
final class ShadowHold implements Callable<Integer> {
    /// Live that it started is stopped too.
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @Parameters(paramLabel = "DIR", description = "the directory that 'shadow up' has made")
    Path place = Path.of("");

    @Override
    public Integer call() {
        RunDirectory directory = new RunDirectory(place);
        HeldShadow asked = HeldShadows.read(directory)
                .orElseThrow(() -> new EnvironmentException(place + " is no directory of a held shadow"))
                .heldBy(ProcessId.of(ProcessHandle.current().pid())
                        .map(ProcessId::toString)
                        .orElse(""));
        HeldShadows.write(directory, asked);
        Scenario scenario = Language.scenario(asked.file());
        RealTimeline timeline = new RealTimeline();
        Interrupts.reach(timeline, PATIENCE);
        try (JournalWriter writer = JournalWriter.create(directory.path());
                Runtime runtime = Runtimes.of(scenario.topology(), timeline);
                Progress progress = progress(writer, timeline)) {
            RunHeader header = new RunHeader(
                    scenario,
                    new Rehearsal.Options(1, false),
                    directory.id(),
                    ZonedDateTime.parse(asked.since()),
                    runtime);
            progress.record(timeline.now(), header.event());
            return hold(directory, asked, scenario, new Place(timeline, runtime, progress));
        } finally {
            Interrupts.calm();
        }
    }

    private static Progress progress(JournalWriter writer, RealTimeline timeline) {
        return Progress.plain(new EventsOnly(writer), System.err, timeline::now);
    }

    private record Place(RealTimeline timeline, Runtime runtime, Recorder record) {}

    private static int hold(RunDirectory directory, HeldShadow asked, Scenario scenario, Place in) {
        Wiring wiring = new Wiring(
                directory.id(),
                in.runtime(),
                in.timeline(),
                in.record(),
                of -> asked.mirror() ? Sample.open(of, Language.files(), in.timeline()) : new Silence(),
                DeviationKinds::named,
                Language.files(),
                _ -> {});
        try {
            List<String> left = new Rehearsal(scenario, wiring)
                    .hold(shadow -> HeldShadows.write(directory, asked.up(entrances(shadow))));
            HeldShadows.write(directory, asked.ended(left));
            in.record().record(in.timeline().now(), new Event.RunEnded("done"));
            return (left.isEmpty() ? ExitCode.GO : ExitCode.LEFT_BEHIND).code();
        } catch (Timeline.Interruption beforeItWasUp) {
            return ExitCode.INTERRUPTED.code();
        }
    }

    private static Map<String, Map<String, String>> entrances(Shadow shadow) {
        Map<String, Map<String, String>> entrances = new TreeMap<>();
        for (ArmName arm : ArmName.values()) {
            entrances.put(arm.toString(), shadow.arm(arm).entrances());
        }
        return entrances;
    }

    /// No requests, ever.
    private record Silence() implements TrafficSource {
        @Override
        public java.util.Optional<LiveExchange> poll() {
            return java.util.Optional.empty();
        }

        @Override
        public boolean isExhausted() {
            return true;
        }

        @Override
        public Ledger ledger() {
            return new Ledger(0, 0, 0, Map.of());
        }

        @Override
        public void close() {}
    }

    /// Nothing is compared, so nothing but what happened to the shadow itself is kept.
    private record EventsOnly(Recorder record) implements Recorder {
        @Override
        public void record(long at, Event event) {
            record.record(at, event);
        }

        @Override
        public void record(ExchangeRecord exchange) {}

        @Override
        public void link(int trial, String arm, String link, long endNanos, long latencyNanos, boolean failure) {}

        @Override
        public void resource(Journal.ResourceSecond second) {}

        @Override
        public void bytes(Journal.LinkBytes second) {}
    }
}
