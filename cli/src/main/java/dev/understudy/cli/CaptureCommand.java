package dev.understudy.cli;

import dev.understudy.cli.progress.Progress;
import dev.understudy.deviation.DeviationKinds;
import dev.understudy.engine.Capture;
import dev.understudy.engine.Wiring;
import dev.understudy.journal.MemoryRecorder;
import dev.understudy.journal.RunId;
import dev.understudy.mirror.MirrorTerms;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.process.ProcessRuntime;
import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.Traffic;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `capture SCENARIO --to DIR`: what a rehearsal needs of live, for where live can't be reached.
@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:the bundle is written",
            "  2:the scenario is wrong, or usage error",
            "  4:the environment does not allow it, or live suffered; nothing is written",
            "130:interrupted, nothing is written"
        },
        description = {
            "Takes a bundle of live for 'live: {bundle: DIR}': its data, masked as the scenario says, and a sample of",
            "its traffic, redacted as the scenario says. Live is touched as by 'rehearse', and no shadow is made."
        })
final class CaptureCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCENARIO", description = "a scenario of live; its change and rollback are not used")
    String file = "";

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "where the bundle is written")
    Path to = Path.of("");

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Lasting.class,
            description = "for how long traffic is taken (default: ${DEFAULT-VALUE})",
            defaultValue = "60s")
    Duration length = Duration.ZERO;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Lasting.class,
            description = "after how long nothing is rehearsed with it any more (default: ${DEFAULT-VALUE})",
            defaultValue = "14d")
    Duration expires = Duration.ZERO;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where the packed data goes, if not into the bundle; the bundle says where it is")
    @Nullable
    Path data;

    @Option(names = "--force", description = "replace a bundle that is there")
    boolean force;

    @Override
    public Integer call() {
        Scenario scenario = Language.scenario(file);
        requireLive(scenario);
        Runtimes.requireLinux();
        RealTimeline timeline = new RealTimeline();
        Interrupts.reach(timeline);
        ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
        String secret = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));
        MirrorTerms terms = MirrorTerms.of(scenario.traffic(), secret);
        try (BundleDirectory directory = BundleDirectory.begin(to, Optional.ofNullable(data), force);
                ProcessRuntime runtime = Runtimes.process(Path.of(""), timeline);
                Progress progress = progress(timeline)) {
            Interrupts.speakThrough(progress::say);
            Wiring wiring = new Wiring(
                    RunId.of(now, scenario.name(), new SplittableRandom()),
                    runtime,
                    timeline,
                    progress,
                    of -> Sample.open(of, Language.files(), timeline, terms),
                    DeviationKinds::named,
                    Language.files(),
                    _ -> {});
            Capture.Taken taken =
                    new Capture(scenario, wiring, secret).run(directory.packed().toString(), length);
            Bundle bundle = directory.complete(scenario, taken, terms, now.toInstant(), expires);
            tell(bundle, taken);
            return ExitCode.GO.code();
        } catch (Timeline.Interruption e) {
            System.err.println("understudy: interrupted; nothing is written");
            return ExitCode.INTERRUPTED.code();
        } finally {
            Interrupts.calm();
        }
    }

    private static Progress progress(RealTimeline timeline) {
        return Progress.plain(new MemoryRecorder(), System.err, timeline::now);
    }

    private static void requireLive(Scenario scenario) {
        scenario.live().bundle().ifPresent(bundle -> {
            throw new ScenarioException(List.of(Problem.at(
                    bundle.place(), "this is rehearsed from a bundle already; a bundle is taken of a live system")));
        });
        if (scenario.traffic().from() instanceof Traffic.Source.Mirror(String service)
                && !service.equals(scenario.topology().entry())) {
            throw new ScenarioException(List.of(Problem.at(
                    scenario.place(),
                    "a recording is played to the entry '" + scenario.topology().entry()
                            + "', and this is the mirror of '" + service + "'")));
        }
    }

    private void tell(Bundle bundle, Capture.Taken taken) {
        for (Live.Drift drift : taken.drift()) {
            System.err.println("understudy: warning: live differs from its files: " + drift.service() + " "
                    + drift.field() + ": " + drift.live() + " instead of " + drift.declared());
        }
        if (taken.leftOut() > 0) {
            System.err.println(
                    "understudy: left out: " + taken.leftOut() + " exchanges of sessions that began before the"
                            + " copy: the recording holds hashes in place of what tells sessions ('by'); a column that is"
                            + " masked to hashes would know them");
        }
        System.out.println("bundle " + to + ": " + taken.packed().stores().size() + " stores, "
                + taken.sample().size() + " exchanges, " + Footprint.size(BundleDirectory.size(to)) + ", good until "
                + bundle.expires());
        System.out.println("next:  write 'live: {bundle: " + to + "}' into the scenario, relative to it");
    }
}
