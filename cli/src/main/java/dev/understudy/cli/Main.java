package dev.understudy.cli;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.ScenarioException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `understudy`.
@Command(
        name = "understudy",
        version = Version.TEXT,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Rehearses a change, and above all its rollback, on a shadow of the live system.",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            ValidateCommand.class,
            PlanCommand.class,
            RehearseCommand.class,
            MirrorCommand.class,
            CaptureCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            OptimizeCommand.class,
            ShadowCommand.class,
            CleanCommand.class,
            DoctorCommand.class,
            SchemaCommand.class,
            ExplainCommand.class,
            CompletionCommand.class,
            BenchCommand.class
        })
public final class Main implements Runnable {
    @Spec
    @org.jspecify.annotations.Nullable
    CommandSpec spec;

    /// Runs one command and exits with its code.
    public static void main(String[] arguments) {
        int code = run(arguments);
        if (!Interrupts.isStopping()) {
            System.exit(code);
        }
        Interrupts.finished(code);
    }

    /// Runs one command; returns its exit code.
    static int run(String... arguments) {
        CommandLine line = new CommandLine(new Main());
        line.getCommandSpec()
                .usageMessage()
                .footer("", "Exit codes:")
                .footer(Arrays.stream(ExitCode.values())
                        .map(code -> String.format("  %3d  %s", code.code(), code.meaning()))
                        .collect(Collectors.joining("\n", "\nExit codes:\n", "")));
        line.getSubcommands().values().stream()
                .map(command -> command.getCommandSpec().usageMessage())
                .filter(usage -> usage.exitCodeList().isEmpty())
                .forEach(Main::tellExitCodes);
        line.setParameterExceptionHandler(Main::usage);
        line.setExecutionExceptionHandler((failure, command, parsed) -> Main.failed(failure));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.execute(arguments);
    }

    /// Those of the whole tool, for a command that names none of its own.
    private static void tellExitCodes(UsageMessageSpec usage) {
        Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(code -> codes.put(String.format("%3d", code.code()), code.meaning()));
        usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    }

    private static int usage(ParameterException wrong, String[] arguments) {
        System.err.println("understudy: " + wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, System.err)) {
            System.err.println(
                    "'" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help' shows how it is used");
        }
        return ExitCode.USAGE.code();
    }

    private static int failed(Exception failure) {
        return switch (failure) {
            case ScenarioException wrong -> {
                System.err.println(wrong.getMessage());
                yield ExitCode.USAGE.code();
            }
            case EnvironmentException lacking -> {
                System.err.println("understudy: " + lacking.getMessage());
                yield ExitCode.ENVIRONMENT.code();
            }
            default -> {
                System.err.println("understudy: this is a bug in the tool:");
                failure.printStackTrace();
                yield ExitCode.BUG.code();
            }
        };
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "which command?");
        }
    }
}
