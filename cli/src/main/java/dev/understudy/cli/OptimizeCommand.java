package dev.understudy.cli;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.judge.Judge;
import dev.understudy.journal.Journal;
import dev.understudy.journal.JournalException;
import dev.understudy.journal.JournalReader;
import dev.understudy.journal.RunDirectory;
import dev.understudy.report.PlanYaml;
import dev.understudy.rollback.Proposal;
import dev.understudy.rollback.RollbackOptimizer;
import dev.understudy.rollback.RollbackPlan;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `optimize RUN…`: a better order of the rollback from recorded runs alone. It is predicted, not proven: only
/// `rehearse` with `optimize:` proves one.
@Command(
        name = "optimize",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:a better order was printed, or there is nothing to gain",
            "  2:the runs are of different rollbacks, or usage error",
            "  4:no such run, or not every step was measured"
        },
        description = "Proposes a better order of the rollback from recorded runs alone; predicted, not proven.")
final class OptimizeCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "RUN",
            description = "directories or ids of runs of one scenario (default: the latest)")
    List<String> runs = List.of();

    /// A run's procedure, and how long its steps took in its first trial.
    private record Measured(String id, RollbackProcedure procedure, Map<String, Long> nanos) {}

    @Override
    public Integer call() {
        List<Measured> measured = new ArrayList<>();
        for (String run : runs.isEmpty() ? List.of("latest") : runs) {
            measured.add(read(ReportCommand.directory(run)));
        }
        RollbackProcedure procedure = measured.getFirst().procedure();
        requireSame(measured);
        Map<String, Long> worst = worst(measured);
        RollbackPlan present = RollbackPlan.configured(procedure);
        Optional<Proposal> proposal = RollbackOptimizer.propose(procedure, present, worst);
        if (proposal.isEmpty()) {
            System.out.println("nothing to gain: no safe order is shorter than the present one");
            return ExitCode.GO.code();
        }
        print(procedure, proposal.get(), measured);
        return ExitCode.GO.code();
    }

    private static void print(RollbackProcedure procedure, Proposal proposal, List<Measured> measured) {
        String figures = "predicted " + seconds(proposal.predictedNanos()) + " instead of "
                + seconds(proposal.presentNanos()) + ", each step at its worst of n = " + measured.size();
        System.err.println(figures);
        System.err.println(proposal.why());
        System.out.print(PlanYaml.render(
                procedure,
                proposal.waitsFor(),
                List.of(
                        "Predicted, not proven: " + figures + ".",
                        "Measured in "
                                + String.join(
                                        ", ",
                                        measured.stream().map(Measured::id).toList()) + ".",
                        "'optimize: {pairs: 3}' in the scenario has 'rehearse' prove it.")));
    }

    private static Measured read(RunDirectory directory) {
        try {
            Journal journal = JournalReader.read(directory.path());
            Scenario scenario = ReportCommand.scenario(journal);
            RunSummary summary = Judge.judge(scenario, journal);
            Map<String, Long> nanos = new LinkedHashMap<>();
            summary.steps().forEach(step -> {
                boolean isDone = !step.attempts().isEmpty()
                        && step.attempts().getLast().outcome().equals("done");
                if (isDone) {
                    nanos.put(
                            step.id(), step.ended().orElseThrow() - step.began().orElseThrow());
                }
            });
            requireMeasured(directory.id(), scenario.rollback(), nanos);
            return new Measured(directory.id(), scenario.rollback(), nanos);
        } catch (JournalException e) {
            throw new EnvironmentException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireMeasured(String run, RollbackProcedure procedure, Map<String, Long> nanos) {
        List<String> missing = procedure.steps().stream()
                .map(Step::id)
                .filter(step -> !nanos.containsKey(step))
                .toList();
        if (!missing.isEmpty()) {
            throw new EnvironmentException("run '" + run + "' measured no time of: " + String.join(", ", missing)
                    + "; nothing can be predicted");
        }
    }

    private static void requireSame(List<Measured> measured) {
        Measured first = measured.getFirst();
        for (Measured other : measured) {
            if (!shape(other.procedure()).equals(shape(first.procedure()))) {
                Place place = other.procedure().place();
                throw new ScenarioException(List.of(Problem.at(
                        place, "run '" + other.id() + "' is of another rollback than '" + first.id() + "'")));
            }
        }
    }

    private static List<String> shape(RollbackProcedure procedure) {
        return procedure.steps().stream()
                .map(step -> step.id() + " " + step.verb() + " " + step.needs())
                .toList();
    }

    private static Map<String, Long> worst(List<Measured> measured) {
        Map<String, Long> worst = new LinkedHashMap<>();
        measured.forEach(run -> run.nanos().forEach((step, nanos) -> worst.merge(step, nanos, Math::max)));
        return worst;
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
