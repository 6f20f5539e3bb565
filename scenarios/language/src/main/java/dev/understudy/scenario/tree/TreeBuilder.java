package dev.understudy.scenario.tree;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/// Builds one tree from the events of a YAML parser, within limits on everything that a small file can make
/// large.
///
/// An alias costs as much as what it names, so a bomb runs into [#MOST_VALUES] before it exists.
final class TreeBuilder {
    /// Values in a file, those reached through aliases counted again each time.
    static final int MOST_VALUES = 50_000;
    /// Levels of nesting; the language needs seven.
    static final int DEEPEST = 32;

    private final String file;
    private final String text;
    private final Findings findings;
    private final Offsets offsets;
    private final Map<Anchor, Sized> anchored = new HashMap<>();
    private int values;

    TreeBuilder(String file, String text, Findings findings) {
        this.file = file;
        this.text = text;
        this.findings = findings;
        this.offsets = new Offsets(text);
    }

    /// Thrown to stop reading a file; caught in [YamlFile].
    static final class Refused extends RuntimeException {
        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.message());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    private record Sized(Node node, int size) {}

    /// The root of the only document; nothing if the file holds none or several.
    Optional<Node> root(Iterator<Event> events) {
        Node root = null;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case DocumentStart -> {
                    if (root != null) {
                        throw refused(place(event), "a second document begins; a file holds one");
                    }
                    root = node(events.next(), events, 0);
                }
                default -> throw new IllegalStateException("unexpected YAML event " + event);
            }
        }
        if (root == null || (root instanceof Node.Scalar scalar && scalar.type() == Node.Scalar.Type.NULL)) {
            findings.add(new Place(file, 1, 1), "the file is empty");
            return Optional.empty();
        }
        return Optional.of(root);
    }

    private Node node(Event event, Iterator<Event> events, int depth) {
        Place place = place(event);
        if (event instanceof AliasEvent alias) {
            return aliased(place, alias);
        }
        count(place, 1);
        if (depth > DEEPEST) {
            throw refused(place, "nested deeper than " + DEEPEST + " levels");
        }
        int before = values;
        Node node = switch (event) {
            case ScalarEvent scalar -> scalar(place, scalar);
            case SequenceStartEvent start -> {
                refuseTag(place, start.getTag());
                yield sequence(place, events, depth);
            }
            case MappingStartEvent start -> {
                refuseTag(place, start.getTag());
                yield mapping(place, events, depth);
            }
            default -> throw new IllegalStateException("unexpected YAML event " + event);
        };
        if (event instanceof NodeEvent named) {
            named.getAnchor().ifPresent(anchor -> anchored.put(anchor, new Sized(node, values - before + 1)));
        }
        return node;
    }

    private Node aliased(Place place, AliasEvent alias) {
        Sized target = anchored.get(alias.getAlias());
        if (target == null) {
            throw refused(
                    place, "no anchor '&" + Shortened.of(alias.getAlias().toString()) + "' is complete before it");
        }
        count(place, target.size());
        return target.node();
    }

    private Node scalar(Place place, ScalarEvent scalar) {
        boolean asText = scalar.getTag().filter("tag:yaml.org,2002:str"::equals).isPresent();
        if (!asText) {
            refuseTag(place, scalar.getTag());
        }
        int start = offsets.ofCodePoint(scalar.getStartMark().orElseThrow().getIndex());
        int end = offsets.ofCodePoint(scalar.getEndMark().orElseThrow().getIndex());
        return new Node.Scalar(place, scalar.getValue(), scalar.isPlain() && !asText, afterProperties(start, end), end);
    }

    /// The parser counts an anchor and a tag as part of the value; a value itself never begins like one.
    private int afterProperties(int start, int end) {
        int at = start;
        while (at < end && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
            while (at < end && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            while (at < end && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    private Node sequence(Place place, Iterator<Event> events, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, events, depth + 1));
        }
        return new Node.Sequence(place, List.copyOf(items));
    }

    private Node mapping(Place place, Iterator<Event> events, int depth) {
        Map<String, Node.Entry> entries = new java.util.LinkedHashMap<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            Place keyPlace = place(next);
            if (!(node(next, events, depth + 1) instanceof Node.Scalar key)) {
                throw refused(keyPlace, "a key must be a single word");
            }
            Node value = node(events.next(), events, depth + 1);
            Node.Entry first = entries.putIfAbsent(key.text(), new Node.Entry(key, value));
            if (first != null) {
                findings.add(
                        keyPlace,
                        "the key '" + Shortened.of(key.text()) + "' stands here a second time",
                        "The first is at " + first.place() + ".");
            }
        }
        return new Node.Mapping(place, List.copyOf(entries.values()));
    }

    private void refuseTag(Place place, Optional<String> tag) {
        tag.ifPresent(
                named -> findings.add(place, "tags such as '" + Shortened.of(named) + "' are not in the language"));
    }

    private void count(Place place, int more) {
        values += more;
        if (values > MOST_VALUES) {
            throw refused(place, "more than " + MOST_VALUES + " values, those reached through aliases counted again");
        }
    }

    private Place place(Event event) {
        return event.getStartMark().map(mark -> YamlFile.place(file, mark)).orElse(new Place(file, 1, 1));
    }

    private static Refused refused(Place place, String message) {
        return new Refused(Problem.at(place, message));
    }
}
