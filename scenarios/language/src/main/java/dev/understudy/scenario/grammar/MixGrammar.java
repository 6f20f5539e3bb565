package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.TrafficMix;
import dev.understudy.scenario.TrafficMix.Ask;
import dev.understudy.scenario.TrafficMix.Pool;
import dev.understudy.scenario.TrafficMix.Saved;
import dev.understudy.scenario.TrafficMix.Text;
import dev.understudy.scenario.TrafficMix.Visit;
import dev.understudy.scenario.TrafficMix.Writing;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a mix: what made-up users do.
public final class MixGrammar {
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete", "head");
    private static final Pattern TARGET = Pattern.compile("/\\S*");
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    private static final Pattern COOKIE = Pattern.compile("cookie:([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100})");
    private static final Pattern BELOW_A_LIST = Pattern.compile(".*/[0-9]+(/.*)?");
    private static final Duration THINK = Duration.ofSeconds(1);
    private static final long MOST_USERS = 100_000;
    private static final long MOST_WEIGHT = 1_000_000;
    private static final TrafficMix NONE = new TrafficMix("", 1, THINK, Map.of(), List.of());

    private final Reading reading;
    private final Holes holes;

    private MixGrammar(Reading reading) {
        this.reading = reading;
        this.holes = new Holes(reading.findings());
    }

    /// The mix whose root is `root`; problems are noted.
    public static TrafficMix read(String file, Node root, Findings findings) {
        return new MixGrammar(new Reading(file, findings)).mix(root);
    }

    private TrafficMix mix(Node root) {
        Fields fields = Fields.of(reading, root, "the mix", List.of("mix", "users", "think", "data", "visits"));
        Map<String, Pool> data = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(fields.node("data"), "'data'", 1)) {
            String name = reading.values().key(entry.name(), "name of data", NAME);
            if (TrafficMix.GIVEN.contains(name)) {
                reading.findings().add(entry.place(), "'" + name + "' is the name of something else already");
            }
            data.put(name, pool(entry.value(), "'" + name + "'"));
        }
        Optional<Node> visits = fields.need("visits");
        return visits.isEmpty()
                ? NONE
                : new TrafficMix(
                        fields.need(
                                "mix", "", (node, what) -> reading.values().matching(node, what, Names.ID, "a name")),
                        fields.count("users", 1, MOST_USERS).orElse(50L),
                        fields.time("think", THINK),
                        data,
                        fields.list("visits", 1, (node, what) -> visit(node, what, data.keySet())));
    }

    private Pool pool(Node node, String what) {
        if (node instanceof Node.Sequence) {
            List<Node> items = reading.values().list(node, what, 1);
            return new Pool.Words(items.stream()
                    .map(item -> reading.values().looseText(item, "an item of " + what))
                    .toList());
        }
        Fields fields = Fields.of(reading, node, what, List.of("from", "to"));
        long from = fields.need("from").isPresent()
                ? fields.count("from", Long.MIN_VALUE / 4, Long.MAX_VALUE / 4).orElse(0L)
                : 0;
        long to = fields.need("to").isPresent()
                ? fields.count("to", Long.MIN_VALUE / 4, Long.MAX_VALUE / 4).orElse(from)
                : from;
        if (to < from) {
            reading.findings().add(fields.place(), what + " ends before it begins: from " + from + " to " + to);
        }
        return new Pool.Numbers(from, Math.max(from, to));
    }

    private Visit visit(Node node, String what, Set<String> data) {
        Fields fields = Fields.of(reading, node, what, List.of("name", "weight", "do"));
        Set<String> known = new LinkedHashSet<>(TrafficMix.GIVEN);
        known.addAll(data);
        List<Ask> requests = new ArrayList<>();
        fields.need("do");
        fields.list("do", 1, (item, said) -> requests.add(ask(item, said, known)));
        return new Visit(
                fields.optional("name", (name, said) -> reading.values().matching(name, said, Names.ID, "a name"))
                        .orElse(""),
                fields.count("weight", 1, MOST_WEIGHT).orElse(1L),
                requests);
    }

    private Ask ask(Node node, String what, Set<String> known) {
        List<String> keys = new ArrayList<>(METHODS);
        keys.addAll(List.of("headers", "json", "body", "status", "save"));
        Fields fields = Fields.of(reading, node, what, keys);
        String method = fields.oneOf(METHODS).orElse("get");
        Text target = fields.node(method)
                .map(path -> holes.in(
                        path,
                        reading.values().matching(path, "'" + method + "'", TARGET, "a path that begins with /"),
                        Writing.URL,
                        known))
                .orElse(new Text(List.of()));
        Map<String, Text> headers = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(fields.node("headers"), "'headers'", 1)) {
            String name = reading.values().key(entry.name(), "header name", HEADER);
            headers.put(name, text(entry.value(), "'" + name + "'", known));
        }
        if (fields.has("json") && fields.has("body")) {
            fields.refuse("body", "can't stand beside 'json': a request has one body");
        }
        Text body = fields.node("json")
                .map(json -> holes.json(json, known))
                .or(() -> fields.optional("body", (value, said) -> text(value, said, known)))
                .orElse(new Text(List.of()));
        if (fields.has("json") && headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("content-type"))) {
            headers.put("Content-Type", holes.literal("application/json"));
        }
        int status = fields.count("status", 100, 599).orElse(200L).intValue();
        return new Ask(method.toUpperCase(Locale.ROOT), target, headers, body, status, saves(fields, known));
    }

    private Text text(Node node, String what, Set<String> known) {
        String text = reading.values().looseText(node, what);
        if (text.chars().anyMatch(c -> c == '\r' || c == 0)) {
            reading.findings().add(node.place(), what + " holds a character that can't be sent");
        }
        return holes.in(node, text, Writing.PLAIN, known);
    }

    private Map<String, Saved> saves(Fields fields, Set<String> known) {
        Map<String, Saved> saves = new LinkedHashMap<>();
        for (Node.Entry entry : reading.values().entries(fields.node("save"), "'save'", 1)) {
            String name = reading.values().key(entry.name(), "name of something saved", NAME);
            if (!known.add(name)) {
                reading.findings().add(entry.place(), "'" + name + "' is the name of something else already");
            }
            saved(entry.value(), "'" + name + "'").ifPresent(saved -> saves.put(name, saved));
        }
        return saves;
    }

    private Optional<Saved> saved(Node node, String what) {
        String text = reading.values().text(node, what);
        Matcher cookie = COOKIE.matcher(text);
        if (cookie.matches()) {
            return Optional.of(new Saved.Cookie(cookie.group(1)));
        }
        Matcher pointer = Names.POINTER.matcher(text);
        if (pointer.matches() && !BELOW_A_LIST.matcher(pointer.group(1)).matches()) {
            return Optional.of(new Saved.Json(pointer.group(1)));
        }
        if (!text.isEmpty()) {
            Place place = node.place();
            reading.findings()
                    .add(place, what + " must be json:/POINTER, not below a list, or cookie:NAME, not '" + text + "'");
        }
        return Optional.empty();
    }

    /// The rate of a synthetic source, in requests a second.
    static double rate(Reading reading, Node node, String what) {
        Optional<Quantity> rate = reading.values().quantity(node, what, Quantity.Unit.RATE);
        if (rate.filter(found -> found.value() <= 0).isPresent()) {
            reading.findings().add(node.place(), what + " must be more than 0/s");
        }
        return rate.map(Quantity::value).filter(value -> value > 0).orElse(1.0);
    }
}
