package dev.understudy.scenario.grammar;

import dev.understudy.scenario.LedgerEntry;
import dev.understudy.scenario.LedgerEntry.Route;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Scenario.ExpectedDifference;
import dev.understudy.scenario.Scenario.ExpectedDifference.What;
import dev.understudy.scenario.tree.Node;
import dev.understudy.scenario.tree.Shortened;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads what was promised to users (the ledger) and which differences between the arms are known (verify).
final class PromiseGrammar {
    private static final String KEY = "{key}";
    private static final Pattern ROUTE = Pattern.compile("(GET|POST|PUT|PATCH|DELETE) (\\S+)");
    private static final Pattern COLUMN = Pattern.compile("[^.\\s]{1,63}(\\.[^.\\s]{1,63}){1,2}");
    private static final Pattern TABLE = Pattern.compile("[^.\\s]{1,63}(\\.[^.\\s]{1,63})?");
    private static final Pattern GLOB = Pattern.compile("\\S+");
    private static final Route NOWHERE = new Route("", "", "");

    private final Reading reading;
    private final Routes routes;

    PromiseGrammar(Reading reading) {
        this.reading = reading;
        this.routes = new Routes(reading);
    }

    LedgerEntry entry(Node node, String what) {
        Fields fields = Fields.of(reading, node, "the ledger entry", List.of("write", "key", "read", "values"));
        LedgerEntry entry = new LedgerEntry(
                fields.place(),
                fields.need("write", NOWHERE, this::route),
                fields.optional("key", reading.values()::pointer),
                fields.need("read", NOWHERE, this::route),
                fields.list("values", 1, reading.values()::pointer));
        checkMethods(fields, entry);
        checkKey(fields, entry);
        return entry;
    }

    private void checkMethods(Fields fields, LedgerEntry entry) {
        if (entry.write().method().equals("GET")) {
            fields.refuse("write", "must not be a GET");
        }
        String read = entry.read().method();
        if (!read.isEmpty() && !read.equals("GET")) {
            fields.refuse("read", "must be a GET");
        }
    }

    private void checkKey(Fields fields, LedgerEntry entry) {
        if (!entry.read().path().isEmpty() && !entry.read().path().contains(KEY)) {
            fields.refuse("read", "needs {key} in its path");
        }
        boolean inPath = entry.write().path().contains(KEY);
        if (inPath) {
            fields.refuse("key", "is not needed: {key} stands in the path of 'write'");
        } else if (!fields.has("key") && !entry.write().path().isEmpty()) {
            fields.refuse("write", "has no {key} in its path, and there is no 'key': json:/POINTER");
        }
    }

    private Route route(Node node, String what) {
        String text = reading.values().text(node, what);
        Matcher matcher = ROUTE.matcher(text);
        if (!matcher.matches()) {
            if (!text.isEmpty()) {
                reading.findings()
                        .add(
                                node.place(),
                                what + " must be METHOD SERVICE/PATH, not '" + Shortened.of(text) + "'",
                                "Write for example POST gateway/orders.");
            }
            return NOWHERE;
        }
        Routes.Route route = routes.read(node, what, matcher.group(2));
        return route.service().isEmpty() ? NOWHERE : new Route(matcher.group(1), route.service(), route.path());
    }

    /// The expected differences of one store.
    List<ExpectedDifference> differences(Node node, String what) {
        Fields fields = Fields.of(reading, node, "the check", List.of("data", "expected"));
        String service = fields.need(
                "data", "", (name, key) -> reading.values().matching(name, key, Names.SERVICE, "a service's name"));
        List<ExpectedDifference> differences = fields.list("expected", 0, (item, key) -> difference(item, service));
        Place named = fields.node("data").map(Node::place).orElse(fields.place());
        Stream<Mention.Trait> needed = differences.stream()
                .filter(found -> !found.name().isEmpty())
                .map(found -> found.what() == What.FILE ? Mention.Trait.DIRECTORY : Mention.Trait.DATABASE);
        reading.service(
                named,
                service,
                Stream.concat(Stream.of(Mention.Trait.STATEFUL, Mention.Trait.RUNS), needed)
                        .distinct()
                        .toArray(Mention.Trait[]::new));
        return differences;
    }

    private ExpectedDifference difference(Node node, String service) {
        Fields fields = Fields.of(reading, node, "the difference", List.of("column", "table", "file", "why"));
        Optional<String> key = fields.oneOf(Words.of(What.class));
        What kind = key.map(word -> What.valueOf(word.toUpperCase(Locale.ROOT))).orElse(What.FILE);
        Place place = fields.place();
        String name = key.map(fields::need)
                .flatMap(value -> value)
                .map(value -> named(value, kind))
                .orElse("");
        return new ExpectedDifference(place, service, kind, name, fields.text("why"));
    }

    private String named(Node node, What kind) {
        return switch (kind) {
            case COLUMN -> reading.values().matching(node, "'column'", COLUMN, "TABLE.COLUMN");
            case TABLE -> reading.values().matching(node, "'table'", TABLE, "a table's name");
            case FILE -> reading.values().matching(node, "'file'", GLOB, "a file or a glob such as *.idx");
        };
    }
}
