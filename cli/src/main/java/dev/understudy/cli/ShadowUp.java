package dev.understudy.cli;

import dev.understudy.journal.RunDirectory;
import dev.understudy.journal.RunId;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.process.ProcessId;
import dev.understudy.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `shadow up FILE`: brings the shadow of a scenario up and leaves it, held by a process of its own.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:it is up",
            "  2:the scenario is wrong, or usage error",
            "  4:the environment does not allow it; nothing is left",
            "  5:it did not come up, and something of it is left; it is listed",
            "130:interrupted, shadow removed"
        },
        description = {
            "Brings up the shadow of a scenario, both arms as live is now, and leaves it up: no change, no deviation,",
            "no judgement. It stays until 'shadow down', or until live suffers from it."
        })
final class ShadowUp implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "a scenario; its change and rollback are not used")
    String file = "";

    @Option(names = "--mirror", description = "send both arms what the scenario's traffic says; else they get none")
    boolean mirror;

    @Override
    public Integer call() {
        Scenario scenario = Language.scenario(file);
        Runtimes.requireLinux();
        HeldShadows held = HeldShadows.ofThisUser();
        held.forgetDead();
        ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        RunDirectory directory = held.create(new HeldShadow(
                RunId.of(now, scenario.name(), new SplittableRandom()),
                scenario.name(),
                file,
                now.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME),
                mirror,
                ProcessId.of(ProcessHandle.current().pid())
                        .map(ProcessId::toString)
                        .orElse(""),
                HeldShadow.State.STARTING,
                Map.of(),
                List.of()));
        return await(directory, holder(directory));
    }

    /// In a session of its own, so that a Ctrl-C meant for this command, or the end of the terminal, leaves
    /// it alone.
    private Process holder(RunDirectory directory) {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(Home.launched("shadow", "hold", directory.path().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(HeldShadows.log(directory).toFile());
        builder.environment().put("UNDERSTUDY_JAVA", Home.java());
        try {
            return builder.start();
        } catch (IOException e) {
            HeldShadows.forget(directory);
            throw new EnvironmentException("can't start what holds the shadow: " + e.getMessage(), e);
        }
    }

    private static int await(RunDirectory directory, Process holder) {
        RealTimeline timeline = new RealTimeline();
        Interrupts.reach(timeline);
        LogTail tail = new LogTail(HeldShadows.log(directory), System.err);
        try {
            boolean isUp = false;
            while (!isUp && holder.isAlive()) {
                timeline.sleep(Duration.ofMillis(50));
                tail.pass();
                isUp = isUp(directory);
            }
            return isUp ? tell(directory) : failed(directory, holder, tail);
        } catch (Timeline.Interruption interrupted) {
            return ShadowDown.remove(directory).isEmpty() ? ExitCode.INTERRUPTED.code() : ExitCode.LEFT_BEHIND.code();
        } finally {
            Interrupts.calm();
        }
    }

    private static boolean isUp(RunDirectory directory) {
        return HeldShadows.read(directory)
                .filter(shadow -> shadow.state() == HeldShadow.State.UP)
                .isPresent();
    }

    private static int tell(RunDirectory directory) {
        HeldShadow shadow = HeldShadows.read(directory).orElseThrow();
        System.out.print(ShadowLs.told(shadow, true));
        System.out.println("next:  understudy shadow down " + shadow.id());
        return ExitCode.GO.code();
    }

    /// What it said has been passed on; what it left, the runtime removes now.
    private static int failed(RunDirectory directory, Process holder, LogTail tail) {
        tail.pass();
        int code = holder.exitValue();
        List<String> left = ShadowDown.remove(directory);
        left.forEach(line -> System.err.println("left behind: " + line));
        return left.isEmpty()
                ? (Files.exists(directory.path()) || code == 0 ? ExitCode.BUG.code() : code)
                : ExitCode.LEFT_BEHIND.code();
    }
}
