package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.SourceTree;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Whatever is done to a sound file, the reader answers: with a value, or with problems that have a place.
class MutatedInputTest {
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ": ",
            ", ",
            "- ",
            "\n",
            "  ",
            "\t",
            "\"",
            "'",
            "&a ",
            "*a",
            "!x ",
            "|",
            ">",
            "#",
            "~",
            "0",
            "-1",
            "1e9",
            "9999999999999999999",
            "true",
            "null",
            "${db.address}",
            "${x}",
            "->",
            "\u0000",
            "\uFEFF",
            "\uD83D",
            "\uD83D\uDE00",
            "\u00e4",
            "? ",
            "---\n",
            "...\n",
            "%YAML 9.9\n",
            "orders",
            "db",
            "snapshot",
            "2%",
            "400ms",
            "<<");

    @Property(tries = 1200)
    @Label("a mutated scenario never breaks the reader")
    void aMutatedScenarioNeverBreaksTheReader(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int edits) {
        check(mutated(Fixtures.scenario(), seed, edits), Fixtures.topology());
    }

    @Property(tries = 800)
    @Label("a mutated topology never breaks the reader")
    void aMutatedTopologyNeverBreaksTheReader(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int edits) {
        check(Fixtures.scenario(), mutated(Fixtures.topology(), seed, edits));
    }

    @Property(tries = 300)
    @Label("swapped lines never break the reader")
    void swappedLinesNeverBreakTheReader(@ForAll long seed) {
        List<String> lines =
                new java.util.ArrayList<>(Fixtures.scenario().lines().toList());
        Random random = new Random(seed);
        java.util.Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
        check(String.join("\n", lines), Fixtures.topology());
    }

    @Property(tries = 300)
    @Label("text of any kind never breaks the reader")
    void anyTextNeverBreaksTheReader(@ForAll String text) {
        check(text, Fixtures.topology());
        check(Fixtures.scenario(), text);
    }

    /// With `-Psoak` a million files.
    @Test
    void manyMutatedFilesNeverBreakTheReader() {
        long files = Long.getLong("understudy.mutations", 3_000);
        ScenarioReader reader = Fixtures.reader();
        String scenario = Fixtures.scenario();
        String topology = Fixtures.topology();
        for (long seed = 0; seed < files; seed++) {
            int edits = 1 + (int) (seed % 6);
            SourceTree tree = seed % 3 == 0
                    ? Fixtures.tree(scenario, mutated(topology, seed, edits))
                    : Fixtures.tree(mutated(scenario, seed, edits), topology);
            try {
                reader.scenario(tree, Fixtures.SCENARIO).problems().stream()
                        .filter(problem -> !isPlaced(problem))
                        .findFirst()
                        .ifPresent(problem -> fail("no place: " + problem));
            } catch (RuntimeException | StackOverflowError crash) {
                throw new AssertionError("seed " + seed, crash);
            }
        }
    }

    private static boolean isPlaced(Problem problem) {
        return Set.of(Fixtures.SCENARIO, Fixtures.TOPOLOGY)
                        .contains(problem.place().file())
                && problem.place().line() > 0
                && problem.place().column() > 0
                && !problem.message().isBlank();
    }

    private static void check(String scenario, String topology) {
        ReadResult<Scenario> result = Fixtures.reader().scenario(Fixtures.tree(scenario, topology), Fixtures.SCENARIO);
        switch (result) {
            case ReadResult.Read<Scenario>(Scenario value) -> {
                assertThat(value.topology().services()).isNotEmpty();
                assertThat(Masking.masked(Fixtures.SCENARIO, scenario)).isNotBlank();
            }
            case ReadResult.Refused<Scenario>(List<Problem> problems) -> {
                assertThat(problems).isNotEmpty().isSorted();
                assertThat(problems).allSatisfy(MutatedInputTest::hasAPlace);
            }
        }
        maskingEndsInATextOrTheUsersFault(scenario);
    }

    private static void maskingEndsInATextOrTheUsersFault(String text) {
        try {
            Masking.masked(Fixtures.SCENARIO, text);
        } catch (ScenarioException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }

    private static void hasAPlace(Problem problem) {
        assertThat(problem.place().file()).isIn(Fixtures.SCENARIO, Fixtures.TOPOLOGY);
        assertThat(problem.place().line()).isPositive();
        assertThat(problem.place().column()).isPositive();
        assertThat(problem.message()).isNotBlank().doesNotContain("\n").doesNotContain("Exception");
    }

    private static String mutated(String text, long seed, int edits) {
        Random random = new Random(seed);
        StringBuilder mutated = new StringBuilder(text);
        for (int i = 0; i < edits; i++) {
            int at = random.nextInt(mutated.length());
            int end = Math.min(mutated.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> mutated.delete(at, end);
                case 1 -> mutated.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> mutated.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
                default -> mutated.insert(random.nextInt(mutated.length()), mutated.substring(at, end));
            }
        }
        return mutated.toString();
    }
}
