package dev.understudy.runtime.simulated;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/// SQL that a simulated store understands: known by its text, it does what its function does, in one
/// transaction.
///
/// @param file the name of the file it stands in; `""` for a query
/// @param undo whether it takes something back
/// @param effect what it does, and what it prints; an exception rolls it back and fails it
public record Script(String file, String text, boolean undo, Lognormal time, Function<Tables, String> effect) {
    private static final Lognormal USUAL = new Lognormal(Duration.ofMillis(120), 0.1);

    /// A migration in a file.
    public static Script migration(String file, Consumer<Tables> effect) {
        return new Script(file, textOf(file), false, USUAL, silent(effect));
    }

    /// A file that takes a migration back.
    public static Script undo(String file, Consumer<Tables> effect) {
        return new Script(file, textOf(file), true, USUAL, silent(effect));
    }

    /// A query, known by its text, that prints what its function says.
    public static Script query(String text, Function<Tables, String> answer) {
        return new Script("", text, false, Lognormal.always(Duration.ofMillis(1)), answer);
    }

    /// The same with another duration.
    public Script taking(Lognormal other) {
        return new Script(file, text, undo, other, effect);
    }

    private static String textOf(String file) {
        return "-- simulated: " + file + "\n";
    }

    private static Function<Tables, String> silent(Consumer<Tables> effect) {
        return tables -> {
            effect.accept(tables);
            return "";
        };
    }
}
