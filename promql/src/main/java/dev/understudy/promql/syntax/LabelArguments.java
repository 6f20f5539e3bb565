package dev.understudy.promql.syntax;

import dev.understudy.promql.series.AnchoredPattern;
import dev.understudy.promql.series.LabelText;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// The texts that `label_replace` and `label_join` are given: label names and a regular expression. They
/// are always literals, so what is wrong with them is known before anything is evaluated.
final class LabelArguments {
    private static final int PATTERN = 4;

    private LabelArguments() {}

    static OptionalInt badOne(Node.Call call) {
        return IntStream.range(1, call.arguments().size())
                .filter(index -> !problem(call, index).isEmpty())
                .findFirst();
    }

    /// What is wrong with the argument at `index`; empty if nothing is.
    static String problem(Node.Call call, int index) {
        List<Node> arguments = call.arguments();
        if (!(arguments.get(index) instanceof Node.Text text)) {
            return "";
        }
        return switch (call.function()) {
            case LABEL_REPLACE ->
                index == PATTERN
                        ? patternProblem(text.value())
                        : index == 1 || index == 3 ? nameProblem(text.value()) : "";
            case LABEL_JOIN -> index != 2 ? nameProblem(text.value()) : "";
            default -> "";
        };
    }

    private static String nameProblem(String name) {
        return LabelText.isLabelName(name) ? "" : "'" + name + "' is no label name";
    }

    private static String patternProblem(String pattern) {
        try {
            AnchoredPattern.of(pattern);
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
