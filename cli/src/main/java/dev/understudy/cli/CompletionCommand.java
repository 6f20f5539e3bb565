package dev.understudy.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `completion`: a script that completes commands and options in bash and zsh.
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"  0:it was printed", "  2:usage error"},
        description = {"Prints a completion script for bash and zsh.", "Use it with: source <(understudy completion)"})
final class CompletionCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            System.out.print(AutoComplete.bash("understudy", spec.root().commandLine()));
        }
        return ExitCode.GO.code();
    }
}
