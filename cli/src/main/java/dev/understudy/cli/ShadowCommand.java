package dev.understudy.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `shadow up·ls·down`: a shadow that stays, for manual work.
@Command(
        name = "shadow",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "up|ls|down",
        description = "Holds a shadow open for manual work: up, ls, down.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:done",
            "  2:usage or scenario error",
            "  4:the environment does not allow it",
            "  5:something of a shadow is left; it is listed",
            "130:interrupted, shadow removed"
        },
        subcommands = {ShadowUp.class, ShadowLs.class, ShadowDown.class, ShadowHold.class})
final class ShadowCommand implements Runnable {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "up, ls or down?");
        }
    }
}
