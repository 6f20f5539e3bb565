package dev.understudy.cli;

import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.process.ProcessRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `clean`: removes what crashed runs left.
@Command(
        name = "clean",
        mixinStandardHelpOptions = true,
        description = {
            "Removes what crashed runs left; never what runs as live, unless --live is given, nor what 'shadow up' holds."
        })
final class CleanCommand implements Callable<Integer> {
    @Option(names = "--live", description = "also end live systems that a crashed run had started itself")
    boolean live;

    @Override
    public Integer call() {
        try (ProcessRuntime runtime = Runtimes.process(Path.of(""), new RealTimeline())) {
            if (live) {
                runtime.endAbandonedLives().forEach(ended -> System.out.println("ended live in " + ended));
            }
            HeldShadows held = HeldShadows.ofThisUser();
            held.forgetDead();
            UnfinishedBundles.ofThisUser().makeGood();
            List<String> left = new ArrayList<>(Runtimes.clean());
            left.addAll(held.told());
            left.forEach(System.out::println);
            boolean onPurpose = left.stream().allMatch(line -> line.startsWith("live ") || line.startsWith("shadow "));
            System.out.println(
                    left.isEmpty() ? "nothing is left" : left.size() + " left" + (onPurpose ? " on purpose" : ""));
            return onPurpose ? ExitCode.GO.code() : ExitCode.LEFT_BEHIND.code();
        }
    }
}
