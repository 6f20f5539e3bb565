package dev.understudy.engine;

import dev.understudy.journal.Event;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Secrets;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Step.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Runs one step of a rollback in the candidate. A step that fails, throws or hangs is data, never an
/// exception.
/// Thread-safe.
final class StepRunner {
    private static final String SKIPPED = "skipped";
    /// What a query yields is told only if it is a number: rows hold what nobody else is to read.
    private static final Pattern COUNT = Pattern.compile("\\s*-?[0-9]{1,18}\\s*");
    private static final Duration POLL = Duration.ofMillis(100);

    private final int trial;
    private final RunLog log;
    private final Arm candidate;
    private final Map<String, Release> before;
    private final ScenarioFiles files;
    private final StepTimes times;
    private final Reverts reverts;
    private final Function<String, Runnable> replacing;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();

    /// @param before what each service ran before the change
    /// @param replacing told of a service that a step begins to replace; what it returns, when that is over
    StepRunner(
            int trial,
            RunLog log,
            Arm candidate,
            Map<String, Release> before,
            ScenarioFiles files,
            StepTimes times,
            Reverts reverts,
            Function<String, Runnable> replacing) {
        this.trial = trial;
        this.log = log;
        this.candidate = candidate;
        this.before = before;
        this.files = files;
        this.times = times;
        this.reverts = reverts;
        this.replacing = replacing;
    }

    /// Who is there when the candidate goes back to what a service ran before.
    interface Reverts {
        /// It begins. Who is returned is told how it ended, and whether no other step ran meanwhile.
        BiConsumer<Arm.Deployed, Boolean> begins(String service);
    }

    /// How a step ended.
    record Result(boolean succeeded, int exitCode, String output) {
        static Result of(boolean succeeded, String output) {
            return new Result(succeeded, succeeded ? 0 : 1, output);
        }
    }

    /// Tries the step as often as it says and records each attempt; returns whether one succeeded in time.
    boolean run(Step step) {
        long began = log.now();
        boolean succeeded = false;
        for (int attempt = 1; attempt <= step.common().retry().attempts() && !succeeded; attempt++) {
            log.timeline().sleep(step.common().retry().before(attempt));
            succeeded = tryOnce(step, attempt);
        }
        times.took(step.id(), log.now() - began);
        return succeeded;
    }

    private boolean tryOnce(Step step, int number) {
        log.record(new Event.StepBegan(trial, step.id(), number, literal(step)));
        Optional<String> obstacle = unmet(step);
        if (obstacle.isPresent()) {
            log.record(new Event.StepEnded(trial, step.id(), number, SKIPPED, 0, Secrets.hiddenIn(obstacle.get())));
            return false;
        }
        Timeline.Fork<Result> attempt = log.timeline().fork("step " + step.id(), () -> attempt(step));
        boolean inTime =
                log.timeline().await(attempt::isDone, log.now() + step.timeout().toNanos());
        Result result = inTime
                ? attempt.join()
                : new Result(false, 124, "nothing after " + step.timeout().toMillis() + " ms");
        String outcome = !inTime ? "timed out" : result.succeeded() ? "done" : "failed";
        log.record(new Event.StepEnded(
                trial, step.id(), number, outcome, result.exitCode(), Secrets.hiddenIn(result.output())));
        return inTime && result.succeeded();
    }

    /// Notes that a step was not tried because one that it needs failed.
    void skip(Step step, String failed) {
        log.record(new Event.StepBegan(trial, step.id(), 1, literal(step)));
        log.record(
                new Event.StepEnded(trial, step.id(), 1, SKIPPED, 0, "needs '" + failed + "', which did not succeed"));
    }

    /// Which of the step's conditions doesn't hold, in words.
    private Optional<String> unmet(Step step) {
        for (Condition condition : step.common().given()) {
            Result now = look(condition);
            if (!now.succeeded()) {
                return Optional.of("given that " + literal(condition) + ", which is not so: " + now.output());
            }
        }
        return Optional.empty();
    }

    private Result look(Condition condition) {
        try {
            return holds(condition);
        } catch (Timeline.Interruption e) {
            throw e;
        } catch (RuntimeException e) { // what can't be asked does not hold: the step is skipped and says why
            return Result.of(false, String.valueOf(e.getMessage()));
        }
    }

    private Result attempt(Step step) {
        running.incrementAndGet();
        begun.incrementAndGet();
        try {
            return switch (step) {
                case Step.Http http -> http(http);
                case Step.Revert revert -> revert(revert);
                case Step.RestoreData restore ->
                    deployed(replaced(restore.service(), () -> candidate.restoreData(restore.service())));
                case Step.Sql sql -> done(candidate.sql(sql.service(), files.text(sql.file()), sql.timeout()));
                case Step.Command command ->
                    done(candidate.execute(command.command(), command.environment(), command.timeout()));
                case Step.Manual manual -> byHand(manual);
                case Step.WaitUntil wait -> waitUntil(wait);
            };
        } catch (Timeline.Interruption e) {
            throw e;
        } catch (RuntimeException e) { // a step that can't be run has failed, and a failed step is never a GO
            return Result.of(false, String.valueOf(e.getMessage()));
        } finally {
            running.decrementAndGet();
        }
    }

    private Result http(Step.Http step) {
        Answer answer = candidate.exchange(
                new Request(step.service(), step.method(), step.path(), List.of(), new byte[0]), step.timeout());
        boolean right = step.status()
                .map(wanted -> wanted == answer.status())
                .orElseGet(() -> answer.status() >= 200 && answer.status() < 300);
        return Result.of(right, describe(answer));
    }

    private Result revert(Step.Revert step) {
        Release old = Objects.requireNonNull(before.get(step.service()));
        BiConsumer<Arm.Deployed, Boolean> watcher = reverts.begins(step.service());
        boolean isAlone = running.get() == 1;
        int begunBefore = begun.get();
        Arm.Deployed deployed = replaced(step.service(), () -> candidate.deploy(step.service(), old, step.how()));
        watcher.accept(deployed, isAlone && begun.get() == begunBefore);
        return deployed(deployed);
    }

    private Arm.Deployed replaced(String service, Supplier<Arm.Deployed> how) {
        Runnable end = replacing.apply(service);
        try {
            return how.get();
        } finally {
            end.run();
        }
    }

    private static Result deployed(Arm.Deployed deployed) {
        List<String> lines = new ArrayList<>();
        lines.add("stopped in " + deployed.stopping().toMillis() + " ms, "
                + (deployed.healthy() ? "healthy" : "not healthy") + " after "
                + deployed.starting().toMillis() + " ms");
        lines.addAll(deployed.course());
        if (!deployed.evidence().isEmpty()) {
            lines.add(deployed.evidence());
        }
        return Result.of(deployed.healthy(), String.join("\n", lines));
    }

    private Result byHand(Step.Manual step) {
        log.timeline().sleep(step.takes());
        return Result.of(true, "a person's " + step.takes().toMillis() + " ms; nothing was done in the rehearsal");
    }

    private Result waitUntil(Step.WaitUntil step) {
        long deadline = log.now() + step.timeout().toNanos();
        String last = "";
        while (log.now() < deadline) {
            Result now = holds(step.condition());
            if (now.succeeded()) {
                return now;
            }
            last = now.output();
            log.timeline().sleep(POLL);
        }
        return Result.of(false, last);
    }

    private Result holds(Condition condition) {
        return switch (condition) {
            case Condition.Healthy healthy ->
                Result.of(
                        candidate.instances().stream()
                                .filter(instance -> instance.service().equals(healthy.service()))
                                .allMatch(dev.understudy.runtime.InstanceState::healthy),
                        healthy.service() + " is healthy");
            case Condition.Answers answers -> {
                Answer answer =
                        candidate.exchange(Request.get(answers.service(), answers.path()), Duration.ofSeconds(5));
                yield Result.of(answer.status() == answers.status(), describe(answer));
            }
            case Condition.Query query -> {
                Arm.Execution asked = candidate.query(query.service(), query.sql(), Duration.ofSeconds(5));
                boolean equal = asked.output().strip().equals(query.equal());
                String found =
                        asked.succeeded() && !COUNT.matcher(asked.output()).matches()
                                ? equal ? "as it has to be" : "another value"
                                : asked.output();
                yield Result.of(asked.succeeded() && equal, found);
            }
        };
    }

    private static Result done(Arm.Execution execution) {
        return new Result(execution.succeeded(), execution.exitCode(), execution.output());
    }

    private static String describe(Answer answer) {
        return switch (answer) {
            case Answer.Answered answered ->
                answered.status() + " " + Texts.tail(new String(answered.body(), StandardCharsets.UTF_8), 200);
            case Answer.Unanswered unanswered -> unanswered.why() + ": " + unanswered.detail();
        };
    }

    /// The step as one could type it, without the secrets in it.
    String literal(Step step) {
        return switch (step) {
            case Step.Http http -> http.method() + " " + http.service() + Secrets.hiddenIn(http.path());
            case Step.Revert revert ->
                "revert " + revert.service() + ": " + label(candidate.release(revert.service())) + " -> "
                        + label(Objects.requireNonNull(before.get(revert.service())))
                        + (revert.how().label().isEmpty()
                                ? ""
                                : ", " + revert.how().label());
            case Step.RestoreData restore -> "restore the data of " + restore.service();
            case Step.Sql sql -> "psql -f " + sql.file() + "  # on " + sql.service();
            case Step.Command command -> Secrets.typed(command.command());
            case Step.Manual manual -> "by hand: " + Secrets.hiddenIn(manual.task());
            case Step.WaitUntil wait -> "wait until " + literal(wait.condition());
        };
    }

    private static String literal(Condition condition) {
        return switch (condition) {
            case Condition.Healthy healthy -> healthy.service() + " is healthy";
            case Condition.Answers answers ->
                "GET " + answers.service() + Secrets.hiddenIn(answers.path()) + " answers " + answers.status();
            case Condition.Query query -> Secrets.hiddenIn(query.sql()) + " = " + query.equal();
        };
    }

    private static String label(Release release) {
        return release.settings().isEmpty()
                ? release.version()
                : release.version() + " with "
                        + String.join(
                                ", ",
                                release.settings().keySet().stream().sorted().toList());
    }
}
