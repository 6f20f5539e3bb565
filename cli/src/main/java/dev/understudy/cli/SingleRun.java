package dev.understudy.cli;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.judge.Judge;
import dev.understudy.cli.progress.Progress;
import dev.understudy.cli.progress.Style;
import dev.understudy.cli.progress.Terminal;
import dev.understudy.deviation.DeviationKinds;
import dev.understudy.engine.Rehearsal;
import dev.understudy.engine.Wiring;
import dev.understudy.journal.Event;
import dev.understudy.journal.JournalReader;
import dev.understudy.journal.JournalStore;
import dev.understudy.journal.JournalWriter;
import dev.understudy.journal.RunDirectory;
import dev.understudy.report.SuiteEntry;
import dev.understudy.report.SuiteEntry.Cause;
import dev.understudy.report.VerdictLine;
import dev.understudy.report.comparison.ComparisonTable;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.Runtime;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// One scenario from its start to its report.
final class SingleRun {
    private final JournalStore store;
    private final Rehearsal.Options options;
    private final Style style;
    private final Scenario scenario;
    private final Reporting reporting;
    private ExitCode code = ExitCode.BUG;

    SingleRun(JournalStore store, Rehearsal.Options options, Style style, Scenario scenario, Reporting reporting) {
        this.store = store;
        this.options = options;
        this.style = style;
        this.scenario = scenario;
        this.reporting = reporting;
    }

    /// Its own exit code, once it has run.
    ExitCode code() {
        return code;
    }

    /// Rehearses, judges, writes the reports.
    /// @param opened is told the run's directory as soon as there is one
    SuiteEntry run(Consumer<RunDirectory> opened) {
        ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
        RunDirectory directory = store.create(now, scenario.name(), new SplittableRandom());
        opened.accept(directory);
        RealTimeline timeline = new RealTimeline();
        Interrupts.reach(timeline);
        List<String> left = new ArrayList<>();
        Optional<Failure> failure;
        try (JournalWriter writer = JournalWriter.create(directory.path());
                Runtime runtime = Runtimes.of(scenario.topology(), timeline);
                Progress progress = progress(writer, timeline)) {
            Interrupts.speakThrough(progress::say);
            progress.record(timeline.now(), new RunHeader(scenario, options, directory.id(), now, runtime).event());
            failure = rehearse(directory, timeline, progress, runtime, left);
            failure.ifPresent(
                    failed -> progress.record(timeline.now(), new Event.Failed(failed.kind(), failed.message())));
            progress.record(
                    timeline.now(),
                    new Event.RunEnded(failure.map(Failure::kind).orElse("done")));
        } finally {
            Interrupts.calm();
        }
        SuiteEntry entry = failure.isPresent() ? prevented(directory, failure.get()) : judged(directory, left);
        left.forEach(line -> System.err.println("left behind: " + line));
        if (!left.isEmpty()) {
            code = ExitCode.worst(List.of(code, ExitCode.LEFT_BEHIND));
        }
        return entry;
    }

    private Progress progress(JournalWriter writer, Timeline timeline) {
        return Progress.of(
                style,
                Terminal.ofStandardError(),
                System.err,
                writer,
                timeline::now,
                new Progress.Past(store, scenario.name(), scenario.place().file()));
    }

    /// What ended a run without a verdict.
    private record Failure(ExitCode code, Cause cause, String kind, String message) {}

    private Optional<Failure> rehearse(
            RunDirectory directory, Timeline timeline, Progress progress, Runtime runtime, List<String> left) {
        try {
            Wiring wiring = new Wiring(
                    directory.id(),
                    runtime,
                    timeline,
                    progress,
                    of -> Sample.open(of, Language.files(), timeline),
                    DeviationKinds::named,
                    Language.files(),
                    sample -> Sample.write(directory, scenario, sample));
            left.addAll(new Rehearsal(scenario, wiring).run(options));
            return Optional.empty();
        } catch (EnvironmentException e) {
            return Optional.of(new Failure(
                    ExitCode.ENVIRONMENT, Cause.ENVIRONMENT, "environment", String.valueOf(e.getMessage())));
        } catch (ScenarioException e) {
            return Optional.of(new Failure(ExitCode.USAGE, Cause.SCENARIO, "scenario", String.valueOf(e.getMessage())));
        } catch (Timeline.Interruption e) {
            return Optional.of(new Failure(
                    ExitCode.INTERRUPTED, Cause.INTERRUPTED, "interrupted", "interrupted; the shadow is gone"));
        } catch (RuntimeException e) {
            if (timeline.isInterrupted()) {
                return Optional.of(new Failure(
                        ExitCode.INTERRUPTED, Cause.INTERRUPTED, "interrupted", "interrupted; the shadow is gone"));
            }
            java.io.StringWriter trace = new java.io.StringWriter();
            e.printStackTrace(new java.io.PrintWriter(trace));
            return Optional.of(new Failure(ExitCode.BUG, Cause.BUG, "bug", trace.toString()));
        }
    }

    private SuiteEntry prevented(RunDirectory directory, Failure failure) {
        code = failure.code();
        System.err.println("understudy: " + failure.message());
        SuiteEntry entry = new SuiteEntry(
                scenario.place().file(),
                new SuiteEntry.Outcome.Prevented(
                        failure.cause(),
                        failure.message(),
                        Optional.of(scenario.place()),
                        Optional.of(directory.id()),
                        Optional.empty()),
                code.code());
        reporting.ci().annotate(reporting.findings(List.of(entry)));
        return entry;
    }

    private SuiteEntry judged(RunDirectory directory, List<String> left) {
        RunSummary summary = Judge.judge(scenario, JournalReader.read(directory.path()));
        Optional<RecordedRun> baseline = reporting.baseline(scenario);
        baseline.ifPresent(run -> Outputs.keepBaseline(directory, run));
        SuiteEntry.Outcome.Judged judged =
                Outputs.write(directory, scenario, summary).leaving(left);
        code = switch (summary.verdict().decision()) {
            case GO -> ExitCode.GO;
            case NO_GO -> ExitCode.NO_GO;
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
        };
        SuiteEntry entry = new SuiteEntry(scenario.place().file(), judged, code.code());
        reporting.ci().annotate(reporting.findings(List.of(entry)));
        judged.comparison().ifPresent(comparison -> System.out.print(ComparisonTable.render(comparison)));
        VerdictLine.above(summary).ifPresent(System.out::println);
        System.out.println(VerdictLine.render(summary, judged.reportPath()));
        return entry;
    }
}
