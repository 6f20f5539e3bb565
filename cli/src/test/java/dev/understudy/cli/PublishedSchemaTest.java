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

    /// One row: what is edited, how, and on which level the mistake is.
    private record Row(boolean topology, String level, String find, String replacement) {
        static Row of(String line) {
            String[] parts = line.split(" ;; ", -1);
            return new Row(parts[0].startsWith("T"), parts[0].substring(2), unescaped(parts[1]), unescaped(parts[2]));
        }

        private static String unescaped(String text) {
            return text.replace("\\n", "\n").replace("\\t", "\t");
        }

        String applied(String sound) {
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
        for (String sql : List.of("db/V2__widen.sql", "db/U2__narrow.sql", "topology/db/V1__shop.sql")) {
            Files.writeString(directory.resolve("shop").resolve(sql), "select 1;");
        }
        Files.writeString(directory.resolve("shop/day.jsonl"), "{}");
        write(real(Files.readString(FIXTURES.resolve("orders.yaml"))), Files.readString(FIXTURES.resolve("shop.yaml")));
    }

    @Test
    void theSchemaAndTheCommandGiveTheSameAnswerToEveryBadFile() throws IOException {
        String orders = Files.readString(FIXTURES.resolve("orders.yaml"));
        String shop = Files.readString(FIXTURES.resolve("shop.yaml"));
        List<Row> rows = structural();
        for (Row row : rows) {
            String bad = row.applied(row.topology() ? shop : orders);
            write(row.topology() ? real(orders) : bad, row.topology() ? bad : shop);

            boolean schemaRefuses =
                    !(row.topology() ? TOPOLOGY : SCENARIO).validate(json(bad)).isEmpty();
            Said said = validate();

            assertThat(schemaRefuses).as("the schema, on " + row).isTrue();
            assertThat(said.code()).as("the command, on " + row).isEqualTo(2);
        }
        assertThat(rows).hasSizeGreaterThanOrEqualTo(200);
    }

    @Test
    void everyErrorHasFileLineAndColumn() throws IOException {
        String orders = Files.readString(FIXTURES.resolve("orders.yaml"));
        String shop = Files.readString(FIXTURES.resolve("shop.yaml"));
        for (Row row : rows()) {
            String bad = row.applied(row.topology() ? shop : orders);
            write(row.topology() ? real(orders) : bad, row.topology() ? bad : shop);

            Said said = validate();

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
        assertThat(validate()).isEqualTo(new Said(0, List.of()));
    }

    /// What the command printed before its last line, which counts.
    private record Said(int code, List<String> lines) {}

    private Said validate() {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int code =
                    Main.run("validate", directory.resolve("shop/orders.yaml").toString());
            List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
            return new Said(code, lines.subList(0, lines.size() - 1));
        } finally {
            System.setOut(before);
        }
    }

    private void write(String orders, String shop) throws IOException {
        Files.writeString(directory.resolve("shop/orders.yaml"), orders);
        Files.writeString(directory.resolve("shop/topology/shop.yaml"), shop);
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
