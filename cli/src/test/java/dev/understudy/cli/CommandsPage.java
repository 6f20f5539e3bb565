package dev.understudy.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Writes `docs/reference/commands.md` from the commands themselves.
final class CommandsPage {
    private CommandsPage() {}

    static String text() {
        StringBuilder page = new StringBuilder("""
                # Commands

                Made from the commands by a test (`mvn -pl cli test -Dtest=ReferencePagesTest -Dreference=write`); don't edit. Results
                go to standard output, progress to standard error. Every command has `--help`.

                | exit code | means |
                |---:|---|
                """);
        for (ExitCode code : ExitCode.values()) {
            page.append("| ")
                    .append(code.code())
                    .append(" | ")
                    .append(cell(code.meaning()))
                    .append(" |\n");
        }
        page.append(
                "\nIf several apply, in one scenario or many, the first of these counts: 70, 130, 5, 4, 2, 1, 3, 0.\n");
        new CommandLine(new Main())
                .getSubcommands().entrySet().stream()
                        .filter(each ->
                                !each.getValue().getCommandSpec().usageMessage().hidden())
                        .forEach(each -> page.append(
                                section(each.getKey(), each.getValue().getCommandSpec())));
        return page.toString();
    }

    private static String section(String name, CommandSpec command) {
        StringBuilder section = new StringBuilder("\n## " + name + "\n\n```\nunderstudy " + name);
        command.positionalParameters().forEach(each -> section.append(' ').append(shown(each)));
        section.append("\n```\n\n");
        section.append(String.join(" ", command.usageMessage().description())).append("\n");
        List<ArgSpec> all = command.args().stream()
                .filter(each -> !each.hidden() && !isStandard(each))
                .toList();
        if (!all.isEmpty()) {
            section.append("\n| | |\n|---|---|\n");
            all.forEach(each -> section.append("| `")
                    .append(each instanceof OptionSpec option ? usage(option) : cell(each.paramLabel()))
                    .append("` | ")
                    .append(cell(description(each)))
                    .append(" |\n"));
        }
        List<String> codes = command.usageMessage().exitCodeList().entrySet().stream()
                .map(code -> "`" + code.getKey().strip() + "` " + code.getValue())
                .toList();
        if (!codes.isEmpty()) {
            section.append("\nExit codes: ").append(String.join(" · ", codes)).append("\n");
        }
        return section.toString();
    }

    private static String shown(PositionalParamSpec parameter) {
        boolean many = parameter.arity().max() > 1;
        String label = parameter.paramLabel() + (many ? "…" : "");
        return parameter.arity().min() == 0 ? "[" + label + "]" : label;
    }

    private static String usage(OptionSpec option) {
        return option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
    }

    private static boolean isStandard(ArgSpec each) {
        return each instanceof OptionSpec option && (option.usageHelp() || option.versionHelp());
    }

    private static String description(ArgSpec each) {
        return Arrays.stream(each.description())
                .map(line -> line.replace("${DEFAULT-VALUE}", String.valueOf(each.defaultValueString(true))))
                .collect(Collectors.joining(" "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
