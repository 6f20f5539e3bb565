package dev.understudy.cli;

import dev.understudy.deviation.DeviationKinds;
import dev.understudy.scenario.reading.KeyGuide;
import dev.understudy.scenario.reading.KeyGuide.Answer;
import dev.understudy.scenario.reading.KeyGuide.Part;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `explain KEY`: what a key of the language means, from the schema.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"  0:it was explained", "  2:no such key, or usage error"},
        description = "Explains a key of scenarios and topologies: 'explain rollback.steps.http'.")
final class ExplainCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description = "a path of keys, lists without an index; without it, the keys at the top")
    String key = "";

    @Override
    public Integer call() {
        KeyGuide guide = new KeyGuide(DeviationKinds.signatures());
        if (key.isEmpty()) {
            parts("a scenario", guide.ofScenario(), System.out);
            System.out.println();
            parts("a topology", guide.ofTopology(), System.out);
            return ExitCode.GO.code();
        }
        return switch (guide.explain(key)) {
            case Answer.Known(List<KeyGuide.Key> keys) -> {
                for (int i = 0; i < keys.size(); i++) {
                    if (i > 0) {
                        System.out.println();
                    }
                    print(keys.get(i), System.out);
                }
                yield ExitCode.GO.code();
            }
            case Answer.Unknown unknown -> {
                String where = unknown.parent().isEmpty() ? "at the top" : "below '" + unknown.parent() + "'";
                System.err.println("understudy: no key '" + unknown.segment() + "' " + where
                        + unknown.hint().map(hint -> "\n  " + hint).orElse(""));
                yield ExitCode.USAGE.code();
            }
        };
    }

    private static void print(KeyGuide.Key key, PrintStream out) {
        out.println(key.path()
                + (key.type().isEmpty() ? "" : ": " + key.type())
                + (key.when().isEmpty() ? "" : ", with " + key.when()));
        out.println("  " + key.text());
        key.form().ifPresent(form -> line("form", form, out));
        key.byDefault().ifPresent(value -> line("default", value.isEmpty() ? "\"\"" : value, out));
        if (!key.allowed().isEmpty()) {
            line("allowed", String.join(", ", key.allowed()), out);
        }
        key.examples().forEach(example -> line("example", example, out));
        if (!key.parts().isEmpty()) {
            parts("keys", key.parts(), out);
        }
    }

    private static void line(String label, String value, PrintStream out) {
        out.printf("  %-8s %s%n", label, value);
    }

    private static void parts(String title, List<Part> parts, PrintStream out) {
        boolean isChoice = parts.stream().anyMatch(Part::choice);
        out.println(title + " (* has to be there" + (isChoice ? ", + one of these" : "") + "):");
        int width = parts.stream().mapToInt(part -> part.name().length()).max().orElse(0);
        parts.forEach(part -> out.println("  " + (part.required() ? "* " : part.choice() ? "+ " : "  ") + part.name()
                + " ".repeat(width - part.name().length() + 2) + part.text()));
    }
}
