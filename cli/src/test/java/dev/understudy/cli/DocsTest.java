package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.reading.Validation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// What the documentation shows can be followed: links lead somewhere, commands and options exist, and the
/// pieces of scenarios are sound where they belong.
final class DocsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^\\$ |^ *(?:run: |- |sh ')?)understudy ([^\\n']*)");
    private static final String PLACE = "scenarios/shop/as-documented.yaml";

    static List<DocsPage> pages() throws IOException {
        return DocsPage.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAPage(DocsPage page) {
        assertThat(all(LINK, page.text()))
                .allSatisfy(link -> assertThat(page.file().resolveSibling(link)).exists());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandAndOptionExists(DocsPage page) {
        Map<String, CommandLine> known = new CommandLine(new Main()).getSubcommands();
        for (String command : all(COMMAND, String.join("\n", code(page)))) {
            List<String> words = List.of(command.split(" +"));
            assertThat(known).as(page + ": " + command).containsKey(words.getFirst());
            assertThat(known.get(words.getFirst()).getCommandSpec().optionsMap().keySet())
                    .as(page + ": " + command)
                    .containsAll(
                            words.stream().filter(word -> word.startsWith("--")).toList());
        }
    }

    @Test
    void thePartsOfAScenarioForAChangeMakeASoundOne() throws IOException {
        List<String> parts = page("how-to/scenario-for-a-change.md").blocks("yaml");

        assertThat(parts).hasSize(7);
        assertThat(problems(String.join("", parts))).isEmpty();
    }

    @Test
    void theStepsOfYourOwnMakeASoundRollback() throws IOException {
        List<String> parts = page("how-to/scenario-for-a-change.md").blocks("yaml");
        String steps = page("how-to/own-steps.md").blocks("yaml").getFirst();
        String others =
                parts.stream().filter(part -> !part.startsWith("rollback:")).collect(Collectors.joining());

        assertThat(problems(others + steps)).isEmpty();
        assertThat(problems(others + steps.replace("needs: [drain]", "needs: [drein]")))
                .as("the check can fail")
                .isNotEmpty();
    }

    @Test
    void whatKeepsSecretsOutIsSound() throws IOException {
        List<String> parts = page("how-to/secrets.md").blocks("yaml");
        String topology = "topology: t\nentry: orders\n" + parts.get(0);
        List<String> others = page("how-to/scenario-for-a-change.md").blocks("yaml");
        String scenario =
                others.stream().filter(part -> !part.startsWith("traffic:")).collect(Collectors.joining())
                        + parts.get(1);

        assertThat(Validation.of(Language.reader(), SourceTree.of(Map.of("t.yaml", topology)), List.of("t.yaml"))
                        .problems())
                .isEmpty();
        assertThat(problems(scenario)).isEmpty();
    }

    @Test
    void rulesTriggersAndAlertsOfYourOwnAreSound() throws IOException {
        List<String> parts = page("how-to/metrics-and-alerts.md").blocks("yaml");
        String others = page("how-to/scenario-for-a-change.md").blocks("yaml").stream()
                .filter(part -> !part.startsWith("stability:"))
                .collect(Collectors.joining());

        assertThat(problems(others + parts.get(0))).isEmpty();
        assertThat(problems(others + parts.get(1), Map.of("alerts/orders.yaml", parts.get(2))))
                .isEmpty();
        assertThat(problems(
                        others + parts.get(1),
                        Map.of("alerts/orders.yaml", parts.get(2).replace("[30s])) > 0.02", "[30s] @ 5)) > 0.02"))))
                .as("the check can fail")
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("alerts/orders.yaml:5:"));
    }

    @Test
    void theTopologyOfAVersionThatMigratesAtStartIsSound() throws IOException {
        String topology = "topology: t\nentry: orders\n"
                + page("how-to/start-up-migrations.md").blocks("yaml").getFirst();

        assertThat(topologyProblems(topology)).isEmpty();
        assertThat(topologyProblems(topology.replace("db: db, at", "db: orders, at")))
                .as("the check can fail")
                .isNotEmpty();
    }

    @Test
    void whatIsMaskedIsSound() throws IOException {
        List<String> others = page("how-to/scenario-for-a-change.md").blocks("yaml");
        String shadow = page("how-to/bundles.md").blocks("yaml").getFirst();
        String scenario =
                others.stream().filter(part -> !part.contains("shadow:")).collect(Collectors.joining()) + shadow;

        assertThat(shadow).contains("mask:");
        assertThat(problems(scenario)).noneMatch(problem -> problem.toString().contains("mask"));
        assertThat(problems(scenario.replace("column: customers.email", "column: email")))
                .as("the check can fail")
                .anyMatch(problem -> problem.toString().contains("TABLE.COLUMN"));
    }

    private static List<?> topologyProblems(String topology) {
        return Validation.of(Language.reader(), SourceTree.of(Map.of("t.yaml", topology)), List.of("t.yaml"))
                .problems();
    }

    /// A scenario read as if it lay beside those of the shop, whose releases have names of their own.
    private static List<?> problems(String scenario) {
        return problems(scenario, Map.of());
    }

    /// @param files that lie beside it
    private static List<?> problems(String scenario, Map<String, String> files) {
        SourceTree disk = Language.files();
        String beside = "../" + PLACE;
        String text = scenario.replace("\"2.0\"", "2.0-good");
        Map<String, String> known = new HashMap<>(Map.of(beside, text));
        files.forEach((name, content) -> known.put(SourceTree.sibling(beside, name), content));
        SourceTree tree = name -> Optional.ofNullable(known.get(SourceTree.sibling("", name)))
                .<SourceTree.Found>map(
                        content -> new SourceTree.Found.Content(content.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> disk.open(name));
        return Validation.of(Language.reader(), tree, List.of(beside)).problems();
    }

    private static List<String> code(DocsPage page) {
        return page.blocks().stream().map(DocsPage.Block::text).toList();
    }

    private static DocsPage page(String name) throws IOException {
        Path file = DocsPage.DOCS.resolve(name);
        assertThat(Files.exists(file)).isTrue();
        return DocsPage.of(file);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(DocsTest::group).toList();
    }

    private static String group(MatchResult found) {
        return found.group(1);
    }
}
