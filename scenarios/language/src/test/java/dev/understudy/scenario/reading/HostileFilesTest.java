package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Problem;
import dev.understudy.scenario.SourceTree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files that are out to hurt, or are no scenarios at all: a named error, quickly.
@Timeout(20)
class HostileFilesTest {

    @Test
    void anAliasBombIsRefused() {
        StringBuilder bomb = new StringBuilder("scenario: bomb\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i))
                    .append(String.join(", ", java.util.Collections.nCopies(10, "*a" + (i - 1))))
                    .append("]\n");
        }
        assertThat(problem(bomb.toString())).matches("a.yaml:6:\\d+: error: more than 50000 values, .*");
    }

    @Test
    void anAliasOfItselfIsRefused() {
        assertThat(problem("scenario: &x\n  y: *x\n"))
                .isEqualTo("a.yaml:2:6: error: no anchor '&x' is complete before it");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(problem("scenario: " + "[".repeat(60_000)))
                .isEqualTo("a.yaml:1:43: error: nested deeper than 32 levels");
        String block = IntStream.range(0, 1000)
                .mapToObj(depth -> " ".repeat(depth) + "a:\n")
                .collect(Collectors.joining());
        assertThat(problem(block)).isEqualTo("a.yaml:33:33: error: nested deeper than 32 levels");
    }

    @Test
    void tooManyValuesAreRefused() {
        assertThat(problem("scenario: x\nchange: [" + "1,\n ".repeat(100_000) + "]"))
                .contains("more than 50000 values");
    }

    @Test
    void tooManyProblemsAreNotAllListed() {
        String keys =
                IntStream.range(0, 20_000).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining());
        List<Problem> problems = problems(("scenario: x\n" + keys).getBytes(StandardCharsets.UTF_8));
        assertThat(problems).hasSizeLessThanOrEqualTo(501);
        assertThat(problems).anyMatch(problem -> problem.message().startsWith("more than 500 problems"));
    }

    @Test
    void aLongChainOfStepsIsReadAndALongCycleIsNamed() {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            steps.add("    - {id: s%d, revert: orders, needs: [s%d]}%n".formatted(i, (i + 1) % 4000));
        }
        String scenario = Fixtures.scenario().replaceFirst("  steps:\n", "  steps:\n" + String.join("", steps));
        List<Problem> problems = Fixtures.reader()
                .scenario(Fixtures.tree(scenario, Fixtures.topology()), Fixtures.SCENARIO)
                .problems();
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().message()).startsWith("the steps wait for each other: s0 -> s1 -> s2 -> ");
    }

    @Test
    void emptyFilesAndFilesOfCommentsAreNamed() {
        for (String text : List.of("", "\n\n", "# nothing\n", "---\n", "~", "---\n...\n")) {
            assertThat(problem(text)).isEqualTo("a.yaml:1:1: error: the file is empty");
        }
    }

    @Test
    void charactersBeyondTheBasicPlaneMayStandAnywhere() {
        for (int before = 1_000; before < 2_100; before++) {
            assertThat(problem("# " + "x".repeat(before) + "\uD83D\uDE00".repeat(3) + "\nscenariox: 1"))
                    .startsWith("a.yaml:2:1: error: neither a scenario nor");
        }
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(problem("\uFEFFscenariox: 1")).startsWith("a.yaml:1:1: error: neither a scenario nor a topology");
    }

    @Test
    void otherEncodingsAreNamedWithThePlaceOfTheFirstWrongByte() {
        assertThat(problem("scenario: \u00e4".getBytes(StandardCharsets.ISO_8859_1)))
                .startsWith("a.yaml:1:11: error: byte 10 (0xE4) is not UTF-8");
        assertThat(problem("scenario: x\nseed: \u00e4\n".getBytes(StandardCharsets.ISO_8859_1)))
                .startsWith("a.yaml:2:7: error: byte 18 (0xE4) is not UTF-8");
        assertThat(problem("scenario: \u20ac".substring(0, 11).getBytes(StandardCharsets.UTF_8), 12))
                .startsWith("a.yaml:1:11: error: byte 10 (0xE2) is not UTF-8");
        assertThat(problem("scenario: x".getBytes(StandardCharsets.UTF_16)))
                .startsWith("a.yaml:1:1: error: the file is UTF-16, not UTF-8");
    }

    @Test
    void binaryFilesAreNamed() {
        assertThat(problem("scenario: \u0000x")).startsWith("a.yaml:1:11: error: the character U+0000 is not allowed");
    }

    @Test
    void largeFilesAreNotParsed() {
        assertThat(problem(new byte[SourceTree.LARGEST + 1]))
                .isEqualTo("a.yaml:1:1: error: the file has 4194305 bytes; at most 4194304 are read");
    }

    @Test
    void aLineOfMegabytesIsNotParsed() {
        assertThat(problem("scenario: x\nseed: " + "1".repeat(4_000_000) + "\nlive: x"))
                .isEqualTo("a.yaml:2:1: error: the line has 4000006 characters; at most 65536 are read");
    }

    @Test
    void longValuesAreShortenedInMessages() {
        assertThat(problem("scenario: " + "x".repeat(60_000))).hasSizeLessThan(500);
        assertThat(problem("x".repeat(60_000))).isEqualTo("a.yaml:1:1: error: neither a scenario nor a topology");
        assertThat(problem("x".repeat(60_000) + ": 1\nscenario: 1\n")).hasSizeLessThan(800);
    }

    @Test
    void scalarsAndListsAreNoFilesOfOurs() {
        for (String text : List.of("hello", "[1, 2]", "42", "topology: a\nscenario: b\n")) {
            assertThat(problem(text)).startsWith("a.yaml:1:1: error: neither a scenario nor a topology");
        }
    }

    @Test
    void hugeNumbersAreRefusedNotComputed() {
        BadFile row = new BadFile('S', "structure", "sample: 20%", "sample: 1e999999999", "");
        assertThat(row.problems()).hasSize(1);
        BadFile seed = new BadFile('S', "structure", "seed: 42", "seed: 99999999999999999999", "");
        assertThat(seed.problemsFound()).contains("'seed' must be a whole number");
        assertThat(Duration.ofHours(999_999_999)).isPositive();
        BadFile hours = new BadFile('S', "structure", "within: 30s}", "within: 999999999h}", "");
        assertThat(hours.problems()).isEmpty();
    }

    private static String problem(String text) {
        return problem(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String problem(byte[] bytes, int length) {
        return problem(java.util.Arrays.copyOf(bytes, length));
    }

    private static String problem(byte[] bytes) {
        return problems(bytes).stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n"))
                .replaceAll("(?s)(neither a scenario nor a topology).*", "$1");
    }

    private static List<Problem> problems(byte[] bytes) {
        SourceTree tree = name -> new SourceTree.Found.Content(bytes);
        return Validation.of(Fixtures.reader(), tree, List.of("a.yaml")).problems();
    }
}
