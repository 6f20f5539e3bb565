package dev.understudy.promql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.promql.syntax.Aggregator;
import dev.understudy.promql.syntax.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page for users names everything that is supported, and nothing of it as unsupported.
class ReferencePageTest {
    private static final Path PAGE = Path.of("../docs/reference/promql.md");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]+");

    @Test
    void everyFunctionAndAggregationIsOnThePage() throws IOException {
        String[] rows = Files.readString(PAGE).split("\n");
        Set<String> named =
                words(Stream.of(rows).filter(row -> row.startsWith("| ")).map(row -> row.split("\\|")[2]));
        Set<String> refused = words(Stream.of(rows)
                .filter(row -> row.startsWith("| ") && row.split("\\|").length > 3)
                .map(row -> row.split("\\|")[3]));

        assertThat(supported())
                .allSatisfy(name -> assertThat(isNamed(name, named)).as(name).isTrue());
        assertThat(supported()).doesNotContainAnyElementsOf(refused);
    }

    private static Set<String> supported() {
        return Stream.concat(
                        Stream.of(Function.values()).map(Function::word),
                        Stream.of(Aggregator.values())
                                .map(aggregator -> aggregator.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }

    /// "`avg min max`, each with `_over_time`".
    private static boolean isNamed(String name, Set<String> named) {
        return named.contains(name) || (name.endsWith("_over_time") && named.contains(name.replace("_over_time", "")));
    }

    private static Set<String> words(Stream<String> cells) {
        return cells.flatMap(cell -> WORD.matcher(cell).results().map(found -> found.group()))
                .collect(Collectors.toSet());
    }
}
