package dev.understudy.cli;

import dev.understudy.scenario.Problem;
import dev.understudy.scenario.reading.Validation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `validate FILE…`: every error of every file, in one run; touches nothing.
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Reports every error of every scenario and topology file, with its place.")
final class ValidateCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "scenario or topology files")
    List<String> files = List.of();

    @Override
    public Integer call() {
        Validation validation = Language.validate(files);
        for (Problem problem : validation.problems()) {
            System.out.println(problem);
        }
        if (!validation.isSound()) {
            int count = validation.problems().size();
            System.out.println(count + (count == 1 ? " error" : " errors") + " in " + files.size()
                    + (files.size() == 1 ? " file" : " files"));
            return ExitCode.USAGE.code();
        }
        System.out.println(files.size() + (files.size() == 1 ? " file is" : " files are") + " sound");
        return ExitCode.GO.code();
    }
}
