package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.understudy.scenario.reading.ScenarioSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The schema that `schema` prints and the answer that `validate` gives, on every bad file of the language's
/// own table.
final class PublishedSchemaTest {
    private static final Path FIXTURES = Tool.ROOT.resolve("scenarios/language/src/test/resources/fixtures");
    private static final Pattern PLACED = Pattern.compile("\\S+\\.(ya?ml|jsonl|sql):\\d+:\\d+: error: .+");
    private static final Schema SCENARIO = schema(SchemaCommand.scenario());
    private static final Schema TOPOLOGY = schema(ScenarioSchema.topology());

    @TempDir
    Path directory;

    /// The sound files: by the letter that rows have, which fixture it is, where it lies, and what is validated.
    private enum Sound {
        S("orders.yaml", "shop/orders.yaml", "shop/orders.yaml"),
        T("shop.yaml", "shop/topology/shop.yaml", "shop/orders.yaml"),
        M("monitored.yaml", "shop/monitored.yaml", "shop/monitored.yaml"),
        R("rules.yaml", "shop/alerts/rules.yaml", "shop/monitored.yaml");

        private final String fixture;
        private final String place;
        private final String validated;

        Sound(String fixture, String place, String validated) {
            this.fixture = fixture;
            this.place = place;
            this.validated = validated;
        }

        String text() throws IOException {
            return Files.readString(FIXTURES.resolve(fixture));
        }
    }

    /// One row: what is edited, how, and on which level the mistake is.
    private record Row(Sound file, String level, String find, String replacement) {
        static Row of(String line) {
            String[] parts = line.split(" ;; ", -1);
            return new Row(
                    Sound.valueOf(parts[0].substring(0, 1)),
                    parts[0].substring(2),
                    unescaped(parts[1]),
                    unescaped(parts[2]));
        }

        private static String unescaped(String text) {
            return text.replace("\\n", "\n").replace("\\t", "\t");
        }

        String applied() throws IOException {
            String sound = file.text();
            int at = sound.indexOf(find);
            return real(sound.substring(0, at) + replacement + sound.substring(at + find.length()));
        }
    }

    /// The language's own tests have a kind that there isn't.
    private static String real(String text) {
        return text.replace("kind: gap", "kind: metric-gap");
    }

    @BeforeEach
    void filesThatAreNamed() throws IOException {
        Files.createDirectories(directory.resolve("shop/db"));
        Files.createDirectories(directory.resolve("shop/topology/db"));
        Files.createDirectories(directory.resolve("shop/alerts"));
        for (String sql : List.of("db/V2__widen.sql", "db/U2__narrow.sql", "topology/db/V1__shop.sql")) {
            Files.writeString(directory.resolve("shop").resolve(sql), "select 1;");
        }
        Files.writeString(directory.resolve("shop/day.jsonl"), "{}");
        for (Sound file : Sound.values()) {
            write(file, real(file.text()));
        }
    }

    @Test
    void theSchemaAndTheCommandGiveTheSameAnswerToEveryBadFile() throws IOException {
        List<Row> rows = structural();
        for (Row row : rows) {
            Said said = validate(row);

            boolean schemaRefuses = !(row.file() == Sound.T ? TOPOLOGY : SCENARIO)
                    .validate(json(row.applied()))
                    .isEmpty();

            assertThat(schemaRefuses).as("the schema, on " + row).isTrue();
            assertThat(said.code()).as("the command, on " + row).isEqualTo(2);
        }
        assertThat(rows).hasSizeGreaterThanOrEqualTo(200);
    }

    @Test
    void everyErrorHasFileLineAndColumn() throws IOException {
        for (Row row : rows()) {
            Said said = validate(row);

            assertThat(said.lines().stream().filter(line -> !line.startsWith("  ")))
                    .as(row.toString())
                    .isNotEmpty()
                    .allMatch(line -> PLACED.matcher(line).matches());
        }
    }

    @Test
    void theSoundFilesPassBoth() throws IOException {
        assertThat(SCENARIO.validate(json(real(Files.readString(FIXTURES.resolve("orders.yaml"))))))
                .isEmpty();
        assertThat(TOPOLOGY.validate(json(Files.readString(FIXTURES.resolve("shop.yaml")))))
                .isEmpty();
        assertThat(SCENARIO.validate(json(Sound.M.text()))).isEmpty();
        assertThat(validate(Sound.S)).isEqualTo(new Said(0, List.of()));
        assertThat(validate(Sound.M)).isEqualTo(new Said(0, List.of()));
    }

    /// What the command printed before its last line, which counts.
    private record Said(int code, List<String> lines) {}

    /// With one file broken; afterwards it is sound again.
    private Said validate(Row row) throws IOException {
        write(row.file(), row.applied());
        Said said = validate(row.file());
        write(row.file(), real(row.file().text()));
        return said;
    }

    private Said validate(Sound file) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int code = Main.run("validate", directory.resolve(file.validated).toString());
            List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
            return new Said(code, lines.subList(0, lines.size() - 1));
        } finally {
            System.setOut(before);
        }
    }

    private void write(Sound file, String text) throws IOException {
        Files.writeString(directory.resolve(file.place), text);
    }

    private static List<Row> structural() throws IOException {
        return rows().stream().filter(row -> row.level().equals("structure")).toList();
    }

    private static List<Row> rows() throws IOException {
        try (Stream<String> lines = Files.lines(FIXTURES.resolve("bad-files.txt"))) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }

    private static Schema schema(String text) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(text);
    }

    private static JsonNode json(String yaml) {
        LoadSettings core = LoadSettings.builder().setSchema(new CoreSchema()).build();
        return JsonMapper.shared().valueToTree(new Load(core).loadFromString(yaml));
    }
}
