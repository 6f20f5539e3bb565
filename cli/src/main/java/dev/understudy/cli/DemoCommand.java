package dev.understudy.cli;

import dev.understudy.cli.progress.Style;
import dev.understudy.engine.Rehearsal;
import dev.understudy.runtime.EnvironmentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `demo`: the shop as live, a bad release, a rollback, a report; without Docker.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts a small shop as live and rehearses a bad release of it, end to end; needs no Docker.")
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--progress",
            paramLabel = "STYLE",
            description = "auto, tty, plain, quiet or json, on stderr (default: ${DEFAULT-VALUE})")
    Style progress = Style.AUTO;

    @Override
    public Integer call() {
        Runtimes.requireLinux();
        Path scenario = Home.directory().resolve("scenarios/shop/no-timeout.yaml");
        if (!Files.exists(scenario)) {
            throw new EnvironmentException("the demonstration's scenario is not at " + scenario);
        }
        System.err.println(
                "A small shop starts as the live system; its release 'orders 2.0' waits for payments without a time-out.");
        String shown = Path.of("").toAbsolutePath().relativize(scenario).toString();
        Suite suite = new Suite(
                Path.of("rehearsals"),
                new Rehearsal.Options(1, true),
                progress,
                OptionalLong.empty(),
                Reporting.filesOnly());
        ExitCode code = suite.run(List.of(shown));
        if (code != ExitCode.NO_GO && code != ExitCode.GO && code != ExitCode.INCONCLUSIVE) {
            return code.code();
        }
        System.out.println("report: rehearsals/latest/report.html");
        System.out.println("next:   understudy rehearse " + Path.of(shown).resolveSibling("good.yaml")
                + "   # a release that is safe to ship");
        return ExitCode.GO.code();
    }
}
