package dev.understudy.scenario.reading;

import dev.understudy.scenario.Problem;
import dev.understudy.scenario.ScenarioException;
import java.util.List;
import java.util.function.Function;

/// What became of reading a file: the value, or everything that is wrong with it.
public sealed interface ReadResult<T> {

    /// It is right.
    record Read<T>(T value) implements ReadResult<T> {}

    /// It is wrong: at least one problem, ordered by file, line and column.
    record Refused<T>(List<Problem> problems) implements ReadResult<T> {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /// Everything that is wrong; empty for a value.
    default List<Problem> problems() {
        return switch (this) {
            case Read<T> _ -> List.of();
            case Refused<T>(List<Problem> problems) -> problems;
        };
    }

    /// The value. @throws ScenarioException with every problem, if there is none
    default T orThrow() {
        return switch (this) {
            case Read<T>(T value) -> value;
            case Refused<T>(List<Problem> problems) -> throw new ScenarioException(problems);
        };
    }

    /// The same with another value.
    default <R> ReadResult<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Read<T>(T value) -> new Read<>(change.apply(value));
            case Refused<T>(List<Problem> problems) -> new Refused<>(problems);
        };
    }
}
