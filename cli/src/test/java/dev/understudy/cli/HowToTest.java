package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The templates for CI servers can be read, and name only options and files that there are.
final class HowToTest {
    private static final Path PAGES = Path.of("../docs/how-to");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Pattern RESULT = Pattern.compile("results/latest/([a-z.]+)");
    private static final Pattern OPTION = Pattern.compile("understudy rehearse [^\n]*?(--[a-z-]+)");
    private static final Set<String> WRITTEN =
            Set.of("suite.json", "suite.html", "junit.xml", "summary.md", "hazards.sarif", "metrics.txt", "run.json");

    @ParameterizedTest
    @ValueSource(strings = {"ci-github.md", "ci-gitlab.md"})
    void everyTemplateIsSoundYaml(String page) throws IOException {
        assertThat(all(YAML, Files.readString(PAGES.resolve(page))))
                .isNotEmpty()
                .allSatisfy(yaml -> assertThat(parsed(yaml)).isInstanceOf(Map.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci-github.md", "ci-gitlab.md", "ci-jenkins.md"})
    void everyTemplateNamesWhatARunLeavesAndOptionsThatThereAre(String page) throws IOException {
        String text = Files.readString(PAGES.resolve(page));

        assertThat(all(RESULT, text)).isNotEmpty().allMatch(WRITTEN::contains);
        Set<String> options = picocli.CommandLine.Model.CommandSpec.forAnnotatedObject(new RehearseCommand())
                .optionsMap()
                .keySet();
        assertThat(options).containsAll(all(OPTION, text));
    }

    @Test
    void githubGetsSummaryFindingsAndReports() throws IOException {
        Map<?, ?> job = (Map<?, ?>) at(template("ci-github.md"), "jobs", "rehearse");
        List<String> uses = ((List<?>) at(job, "steps"))
                .stream()
                        .map(step -> ((Map<?, ?>) step).get("uses"))
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .map(action -> action.replaceFirst("@.*", ""))
                        .toList();

        assertThat(uses).contains("actions/checkout", "actions/upload-artifact", "github/codeql-action/upload-sarif");
        assertThat(at(template("ci-github.md"), "permissions"))
                .isEqualTo(Map.of("contents", "read", "security-events", "write"));
    }

    @Test
    void gitlabGetsTestsMetricsAndReportsWhateverTheVerdict() throws IOException {
        Object artifacts = at(template("ci-gitlab.md"), "rehearse", "artifacts");

        assertThat(at(artifacts, "when")).isEqualTo("always");
        assertThat(at(artifacts, "reports", "junit")).isEqualTo("results/latest/junit.xml");
        assertThat(at(artifacts, "reports", "metrics")).isEqualTo("results/latest/metrics.txt");
        assertThat((List<?>) at(artifacts, "paths")).isEqualTo(List.of("results/"));
    }

    private static Object template(String page) throws IOException {
        return parsed(all(YAML, Files.readString(PAGES.resolve(page))).getFirst());
    }

    private static Object at(Object from, String... keys) {
        Object found = from;
        for (String key : keys) {
            found = ((Map<?, ?>) found).get(key);
            assertThat(found).as(key).isNotNull();
        }
        return found;
    }

    private static Object parsed(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(HowToTest::group).collect(Collectors.toList());
    }

    private static String group(MatchResult found) {
        return found.group(1);
    }
}
