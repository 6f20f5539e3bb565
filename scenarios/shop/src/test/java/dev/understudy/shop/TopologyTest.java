package dev.understudy.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The files of the shop fit together; whether the scenarios are right is for `understudy validate` to say.
class TopologyTest {
    private static final Pattern MAIN = Pattern.compile("dev\\.understudy\\.shop\\.[\\w.]+");
    private static final Pattern SQL = Pattern.compile("db/[\\w.]+\\.sql");

    @Test
    void everyCommandNamesAMainClass() throws Exception {
        List<String> mains = found(MAIN, Path.of("topology/shop.yaml"));
        assertThat(mains).hasSize(10);
        for (String main : mains) {
            assertThat(Class.forName(main).getMethod("main", String[].class)).isNotNull();
        }
    }

    @Test
    void everyScenarioNamesMigrationsThatExist() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("."))) {
            List<Path> scenarios = files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("mix.yaml"))
                    .toList();
            assertThat(scenarios).hasSize(7);
            for (Path scenario : scenarios) {
                assertThat(found(SQL, scenario))
                        .allSatisfy(file -> assertThat(Path.of(file)).exists());
            }
        }
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
