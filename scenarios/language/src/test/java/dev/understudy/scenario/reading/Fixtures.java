package dev.understudy.scenario.reading;

import dev.understudy.scenario.KindSignature;
import dev.understudy.scenario.KindSignature.Aim;
import dev.understudy.scenario.KindSignature.Parameter;
import dev.understudy.scenario.Quantity.Unit;
import dev.understudy.scenario.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A sound scenario and its topology, which tests break in one place.
final class Fixtures {
    static final String SCENARIO = "shop/orders.yaml";
    static final String TOPOLOGY = "shop/topology/shop.yaml";
    static final String MONITORED = "shop/monitored.yaml";
    static final String RULES = "shop/alerts/rules.yaml";
    static final List<KindSignature> KINDS = List.of(
            new KindSignature(
                    "latency",
                    "delays requests",
                    Aim.LINK,
                    List.of(
                            new Parameter("by", Unit.TIME, Optional.empty(), List.of(), "how much later"),
                            new Parameter("jitter", Unit.TIME, Optional.of("0ms"), List.of(), "how much more or less"),
                            new Parameter("share", Unit.SHARE, Optional.of("100%"), List.of(), "of how many"))),
            new KindSignature(
                    "refuse",
                    "refuses connections",
                    Aim.LINK,
                    List.of(new Parameter(
                            "existing", Unit.WORD, Optional.of("close"), List.of("close", "keep"), "pooled ones"))),
            new KindSignature(
                    "kill",
                    "kills processes",
                    Aim.SERVICE,
                    List.of(new Parameter("times", Unit.COUNT, Optional.of("1"), List.of(), "how often"))),
            new KindSignature("gap", "loses measurements", Aim.RULE, List.of()));

    private Fixtures() {}

    static ScenarioReader reader() {
        return new ScenarioReader(KINDS);
    }

    static String scenario() {
        return resource("orders.yaml");
    }

    static String topology() {
        return resource("shop.yaml");
    }

    /// The sound files, with these two texts in place of the scenario and its topology.
    static SourceTree tree(String scenario, String topology) {
        Map<String, String> files = new HashMap<>();
        files.put(SCENARIO, scenario);
        files.put(TOPOLOGY, topology);
        files.put("shop/db/V2__widen.sql", "select 1;");
        files.put("shop/db/U2__narrow.sql", "select 1;");
        files.put("shop/topology/db/V1__shop.sql", "select 1;");
        files.put("shop/day.jsonl", "{}");
        files.put(MONITORED, resource("monitored.yaml"));
        files.put(RULES, resource("rules.yaml"));
        return SourceTree.of(files);
    }

    /// The sound files, with this text in place of one of them.
    static SourceTree with(String file, String text) {
        Map<String, String> files = new HashMap<>(((SourceTree.Texts) tree(scenario(), topology())).texts());
        files.put(file, text);
        return SourceTree.of(files);
    }

    static String resource(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/fixtures/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
