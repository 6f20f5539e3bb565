package dev.understudy.engine;

import dev.understudy.promql.syntax.PromQlException;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.Request;
import dev.understudy.scenario.Bound;
import dev.understudy.scenario.MetricSource;
import dev.understudy.scenario.MetricSource.Measure;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks one source in one arm for one sample. Programs and queries run inside the arm's walls, as steps do.
final class SampleSource {
    /// What shells say when a program isn't there or can't be run.
    private static final int CANT_START = 126;
    private static final int NOT_FOUND = 127;

    private final Arm arm;
    private final ArmSeries series;
    private final RunLog log;

    SampleSource(Arm arm, ArmSeries series, RunLog log) {
        this.arm = arm;
        this.series = series;
        this.log = log;
    }

    /// A sample, or why there is none.
    record Taken(OptionalDouble value, String why) {
        static Taken of(double value) {
            return Double.isNaN(value) ? nothing("it is not a number") : new Taken(OptionalDouble.of(value), "");
        }

        static Taken nothing(String why) {
            return new Taken(OptionalDouble.empty(), why);
        }
    }

    Taken take(MetricSource source, Bound bound) {
        return switch (source) {
            case MetricSource.Scrape scrape -> scraped(scrape, bound);
            case MetricSource.PromQl promQl -> evaluated(promQl.expression(), bound, Optional.empty());
            case MetricSource.Command command -> ran(command);
            case MetricSource.Sql sql -> queried(sql);
            case MetricSource.Http http -> got(http);
        };
    }

    private Taken scraped(MetricSource.Scrape scrape, Bound bound) {
        return evaluated(scrape.selector(), bound, Optional.of(Scrapes.key(scrape.of(), scrape.path())));
    }

    private Taken evaluated(String expression, Bound bound, Optional<String> page) {
        try {
            OptionalDouble value = series.value(expression, bound, page, log.now());
            return value.isPresent() ? Taken.of(value.getAsDouble()) : Taken.nothing("no series");
        } catch (PromQlException e) {
            return Taken.nothing(String.valueOf(e.getMessage()));
        }
    }

    private Taken ran(MetricSource.Command command) {
        Arm.Execution ran = arm.execute(command.command(), command.environment(), command.timeout());
        if (ran.exitCode() == NOT_FOUND || ran.exitCode() == CANT_START) {
            return Taken.nothing("exit code " + ran.exitCode() + ": " + Texts.tail(ran.output(), 200));
        }
        if (command.measure() == Measure.FAILURES) {
            return Taken.of(ran.succeeded() ? 0 : 1);
        }
        return ran.succeeded() ? number(ran.output()) : Taken.nothing("exit code " + ran.exitCode());
    }

    private Taken queried(MetricSource.Sql sql) {
        Arm.Execution asked = arm.query(sql.of(), sql.query(), sql.timeout());
        if (!asked.succeeded()) {
            return Taken.nothing(Texts.tail(asked.output(), 200));
        }
        Taken number = number(asked.output());
        // what stands in a row is never told
        return number.value().isPresent() ? number : Taken.nothing("it yields no number");
    }

    /// The last word of what was printed, as a number.
    private static Taken number(String printed) {
        String[] words = printed.strip().split("\\s+");
        try {
            return Taken.of(Double.parseDouble(words[words.length - 1]));
        } catch (NumberFormatException e) {
            return Taken.nothing("no number: '" + Texts.tail(printed.strip(), 80) + "'");
        }
    }

    private Taken got(MetricSource.Http http) {
        Answer answer = arm.exchange(Request.get(http.of(), http.path()), http.timeout());
        boolean right = http.status()
                .map(wanted -> wanted == answer.status())
                .orElseGet(() -> answer.status() >= 200 && answer.status() < 300);
        if (http.pointer().isEmpty()) {
            return Taken.of(right ? 0 : 1);
        }
        return right && answer instanceof Answer.Answered answered
                ? inJson(http.pointer().get(), answered.body())
                : Taken.nothing("status " + answer.status());
    }

    private static Taken inJson(String pointer, byte[] body) {
        try {
            JsonNode found = JsonMapper.shared()
                    .readTree(new String(body, StandardCharsets.UTF_8))
                    .at(pointer);
            return found.isNumber() ? Taken.of(found.doubleValue()) : Taken.nothing("no number at json:" + pointer);
        } catch (JacksonException e) {
            return Taken.nothing("no JSON");
        }
    }
}
