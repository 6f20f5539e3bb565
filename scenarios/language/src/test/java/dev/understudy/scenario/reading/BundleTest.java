package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Mask;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Traffic;
import dev.understudy.scenario.writing.BundleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Scenarios that are rehearsed from a bundle, and masks.
final class BundleTest {
    private static final String SNAPSHOTS = "  data: {db: snapshot, orders: snapshot}\n";
    private static final String LIVE =
            "live: {topology: topology/shop.yaml, start: true, guard: {p99: 500ms, io: 90%}}";
    private static final String MASKS = SNAPSHOTS + """
              mask:
                - {data: db, column: customers.email, to: hash}
                - {data: db, column: public.customers.city, constant: "Somewhere"}
                - {data: orders, file: "*.json", value: "json:/customer/name"}
                - {data: orders, file: "scans/*", to: nothing}
            """;
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(new ScenarioSchema(Fixtures.KINDS).scenario());
    private static final String DIGEST = Bundle.digest(new byte[0]);

    private static Bundle bundle(String scenario) {
        Scenario read =
                read(scenario.replace("live: {bundle: ../ci}", LIVE), "").value();
        return new Bundle(
                read.place(),
                "",
                "understudy test",
                "orders-2.0",
                Instant.parse("2026-11-21T21:00:00Z"),
                Instant.parse("2026-12-05T21:00:00Z"),
                new Bundle.Origin("topology.yaml", "topology/shop.yaml"),
                Bundle.redaction(read.traffic()),
                Bundle.mask(read.shadow()),
                Optional.of(new Bundle.Recording("traffic/sample.jsonl", 12)),
                Map.of(
                        "db",
                                new Bundle.Holding(
                                        Optional.of("data/db.tar.gz"), Optional.empty(), DIGEST, OptionalInt.of(17)),
                        "orders",
                                new Bundle.Holding(
                                        Optional.empty(),
                                        Optional.of("/mnt/o: r.tar.gz"),
                                        DIGEST,
                                        OptionalInt.empty())),
                List.of(new Bundle.Artefact("orders", "../orders \"1\".jar", DIGEST)),
                Map.of("topology.yaml", DIGEST, "traffic/sample.jsonl", DIGEST, "data/db.tar.gz", DIGEST));
    }

    private static ReadResult.Read<Scenario> read(String scenario, String bundle) {
        ReadResult<Scenario> result = Fixtures.reader().scenario(tree(scenario, bundle), Fixtures.SCENARIO);
        assertThat(result.problems()).isEmpty();
        return (ReadResult.Read<Scenario>) result;
    }

    private static SourceTree tree(String scenario, String bundle) {
        SourceTree plain = Fixtures.tree(scenario, Fixtures.topology());
        return new SourceTree() {
            @Override
            public Found open(String name) {
                return !bundle.isEmpty() && name.equals("ci/bundle.yaml")
                        ? new Found.Content(bundle.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        : plain.open(name);
            }
        };
    }

    private static String fromBundle() {
        return Fixtures.scenario().replace(LIVE, "live: {bundle: ../ci}");
    }

    @Test
    void aBundleIsReadAsItWasWritten() {
        Bundle written = bundle(fromBundle());

        Scenario scenario = read(fromBundle(), BundleText.of(written)).value();

        Bundle read = scenario.live().bundle().orElseThrow();
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("place", "directory")
                .isEqualTo(written);
        assertThat(read.directory()).isEqualTo("ci");
        assertThat(read.packed("db")).contains("ci/data/db.tar.gz");
        assertThat(read.packed("orders")).contains("/mnt/o: r.tar.gz");
        assertThat(scenario.topology().directory()).isEqualTo("shop/topology");
    }

    @Test
    void liveSMirrorAndTheWordBundleAreItsRecordingOfWhichAllIsTaken() {
        String bundle = BundleText.of(bundle(fromBundle()));
        Traffic ofMirror = read(fromBundle(), bundle).value().traffic();
        Traffic ofWord = read(fromBundle().replace("{mirror: gateway}", "{capture: bundle}"), bundle)
                .value()
                .traffic();

        assertThat(ofMirror.from()).isEqualTo(new Traffic.Source.Capture("../ci/traffic/sample.jsonl"));
        assertThat(ofMirror.sample()).isEqualTo(1);
        assertThat(ofWord).isEqualTo(ofMirror);
    }

    @Test
    void withoutTrafficInTheBundleLiveSMirrorIsAnError() {
        Bundle with = bundle(fromBundle());
        Bundle without = new Bundle(
                with.place(),
                with.directory(),
                with.tool(),
                with.scenario(),
                with.taken(),
                with.expires(),
                with.topology(),
                with.redaction(),
                with.mask(),
                Optional.empty(),
                with.data(),
                with.artefacts(),
                with.files());

        assertThat(Fixtures.reader()
                        .scenario(tree(fromBundle(), BundleText.of(without)), Fixtures.SCENARIO)
                        .problems())
                .singleElement()
                .asString()
                .contains("shop/orders.yaml:12:9: error: the bundle holds no traffic");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bundle: 1          | bundle: 2            | 'bundle' must be a whole number from 1 to 1, not '2'
            postgres: 17       | postgres: new        | 'postgres' must be a whole number from 1 to 999
            "topology.yaml":   | "../topology.yaml":  | '../topology.yaml' is no file of a bundle
            taken: "2026       | taken: "26           | 'taken' must be an instant such as
            redaction: "sha256 | redaction: "sha1     | 'redaction' must be sha256: and 64 hexadecimal digits
            file: "data/db     | file: "../db         | 'file' must be a file of the bundle, not
            """)
    void aBundleThatIsNoneIsToldWithItsPlace(String right, String wrong, String problem) {
        String good = BundleText.of(bundle(fromBundle()));
        String bad = good.replaceFirst(java.util.regex.Pattern.quote(right), wrong);

        assertThat(bad).isNotEqualTo(good);
        assertThat(Fixtures.reader()
                        .scenario(tree(fromBundle(), bad), Fixtures.SCENARIO)
                        .problems())
                .anySatisfy(found -> assertThat(found.toString())
                        .startsWith("ci/bundle.yaml:")
                        .contains(problem));
    }

    @Test
    void masksAreReadInOrder() {
        List<Mask> masks = read(Fixtures.scenario().replace(SNAPSHOTS, MASKS), "")
                .value()
                .shadow()
                .masks();

        assertThat(masks)
                .extracting(Mask::canonical)
                .containsExactly(
                        "db column customers.email: hash",
                        "db column public.customers.city: constant Somewhere",
                        "orders files *.json at /customer/name: hash",
                        "orders files scans/*: nothing");
        assertThat(masks.getFirst().place()).asString().isEqualTo("shop/orders.yaml:11:7");
    }

    @Test
    void theSchemaAndTheReaderAgreeAboutMasks() {
        String sound = Fixtures.scenario().replace(SNAPSHOTS, MASKS);
        assertThat(SCHEMA.validate(json(sound))).isEmpty();
        List<String> apart = new ArrayList<>();
        List<BrokenPlaces> places = new ArrayList<>(BrokenPlaces.values(sound));
        places.addAll(BrokenPlaces.keys(sound));
        int from = sound.indexOf("mask:");
        int to = sound.indexOf("  services:");
        for (BrokenPlaces place : places) {
            if (place.at() < from || place.at() > to) {
                continue;
            }
            boolean schemaRefuses = !SCHEMA.validate(json(place.text())).isEmpty();
            List<Problem> problems = Fixtures.reader()
                    .scenario(Fixtures.tree(place.text(), Fixtures.topology()), Fixtures.SCENARIO)
                    .problems();
            boolean isThere = problems.stream().map(Problem::place).anyMatch(place::isAt);
            if (schemaRefuses ? problems.isEmpty() : isThere) {
                apart.add((schemaRefuses ? "only the schema" : "only the reader") + " refuses " + place.what() + " "
                        + problems);
            }
        }

        assertThat(apart).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            column: customers.email, to: hash  | column: customers.email, to: hash, constant: x | 'constant' can't stand beside 'to'
            column: customers.email, to: hash  | column: customers.email, value: "json:/a"      | 'value' is a place in a file
            file: "scans/*", to: nothing       | file: "scans/*"                                | 'file' is left out as a whole with 'to: nothing'
            file: "scans/*", to: nothing       | file: "scans/*", column: a.b                   | the mask needs exactly one of column, file; it has column, file
            column: customers.email, to: hash  | column: email                                  | 'column' must be TABLE.COLUMN, not 'email'
            """)
    void aMaskThatMakesNoSenseIsRefusedByBoth(String right, String wrong, String problem) {
        String text = Fixtures.scenario().replace(SNAPSHOTS, MASKS.replace(right, wrong));

        assertThat(Fixtures.reader()
                        .scenario(Fixtures.tree(text, Fixtures.topology()), Fixtures.SCENARIO)
                        .problems())
                .anySatisfy(found -> assertThat(found.message()).contains(problem));
        assertThat(SCHEMA.validate(json(text))).isNotEmpty();
    }

    @Test
    void aMaskOfAColumnNeedsADatabase() {
        String text =
                Fixtures.scenario().replace(SNAPSHOTS, MASKS.replace("data: db, column: c", "data: orders, column: c"));

        assertThat(Fixtures.reader()
                        .scenario(Fixtures.tree(text, Fixtures.topology()), Fixtures.SCENARIO)
                        .problems())
                .isNotEmpty();
    }

    private static JsonNode json(String yaml) {
        LoadSettings core = LoadSettings.builder().setSchema(new CoreSchema()).build();
        return JsonMapper.shared().valueToTree(new Load(core).loadFromString(yaml));
    }
}
