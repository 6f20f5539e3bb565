package dev.understudy.cli;

import dev.understudy.journal.RunDirectory;
import dev.understudy.runtime.process.ProcessId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `shadow down`: removes shadows that are held open.
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"  0:removed", "  2:no such shadow, or usage error", "  5:something of it is left; it is listed"
        },
        description = "Removes a shadow that is held open; without an ID, the only one.")
final class ShadowDown implements Callable<Integer> {
    /// A holder ends its services, live that it started among them, and then itself.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Parameters(arity = "0..*", paramLabel = "ID", description = "its id, or a beginning or an end of it")
    List<String> ids = List.of();

    @Option(names = "--all", description = "every one")
    boolean all;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        List<String> left = new ArrayList<>();
        for (RunDirectory directory : chosen()) {
            List<String> remains = remove(directory);
            remains.forEach(line -> System.out.println("left behind: " + line));
            System.out.println("shadow " + directory.id() + (remains.isEmpty() ? " removed" : " NOT entirely removed"));
            left.addAll(remains);
        }
        return (left.isEmpty() ? ExitCode.GO : ExitCode.LEFT_BEHIND).code();
    }

    private List<RunDirectory> chosen() {
        List<RunDirectory> there = HeldShadows.ofThisUser().all();
        if (all) {
            return there;
        }
        if (!ids.isEmpty()) {
            return ids.stream().map(id -> named(id, there)).distinct().toList();
        }
        if (there.size() != 1) {
            throw refused(there.isEmpty() ? "no shadow is held open" : "which one? " + named(there));
        }
        return there;
    }

    private RunDirectory named(String id, List<RunDirectory> there) {
        List<RunDirectory> fitting = there.stream()
                .filter(one -> one.id().startsWith(id) || one.id().endsWith(id))
                .toList();
        if (fitting.size() != 1) {
            throw refused(
                    fitting.isEmpty()
                            ? "no shadow '" + id + "' is held open"
                                    + (there.isEmpty() ? "" : "; there is " + named(there))
                            : "'" + id + "' may be any of " + named(fitting));
        }
        return fitting.getFirst();
    }

    private static String named(List<RunDirectory> some) {
        return String.join(", ", some.stream().map(RunDirectory::id).toList());
    }

    private ParameterException refused(String why) {
        if (spec == null) {
            throw new IllegalStateException(why);
        }
        return new ParameterException(spec.commandLine(), why);
    }

    /// Ends its holder, which removes the shadow; removes itself what a holder that died has left. Returns
    /// what is left, one line each.
    static List<String> remove(RunDirectory directory) {
        HeldShadows.read(directory).flatMap(HeldShadows::holder).ifPresent(ShadowDown::end);
        List<String> left = new ArrayList<>(
                HeldShadows.read(directory).map(HeldShadow::left).orElse(List.of()));
        left.removeIf(line -> line.startsWith("directory "));
        Runtimes.clean().stream().filter(line -> line.contains(directory.id())).forEach(left::add);
        if (left.isEmpty()) {
            HeldShadows.forget(directory);
        }
        return left;
    }

    private static void end(ProcessId holder) {
        boolean isOurselves = holder.pid() == ProcessHandle.current().pid();
        if (!isOurselves && holder.signal("TERM") && !holder.hasEndedWithin(PATIENCE)) {
            holder.signal("KILL");
            holder.hasEndedWithin(PATIENCE);
        }
    }
}
