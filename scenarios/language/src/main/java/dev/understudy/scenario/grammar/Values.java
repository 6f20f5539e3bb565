package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.Node;
import dev.understudy.scenario.tree.Node.Scalar;
import dev.understudy.scenario.tree.Shortened;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads single values. What is wrong is noted; the result is then empty, zero or absent, and reading goes
/// on.
final class Values {
    private static final Pattern ENDPOINT = Pattern.compile("([A-Za-z0-9._-]{1,253}):([1-9][0-9]{0,3}|[1-5][0-9]{4}"
            + "|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])");

    private final Findings findings;

    Values(Findings findings) {
        this.findings = findings;
    }

    /// A text that is not empty. A number or truth value has to be quoted to be one.
    String text(Node node, String what) {
        if (!(node instanceof Scalar scalar) || scalar.type() == Scalar.Type.NULL) {
            findings.add(node.place(), what + " must be a text, not " + node.described());
            return "";
        }
        if (scalar.type() != Scalar.Type.TEXT) {
            findings.add(
                    node.place(),
                    what + " must be a text, not " + node.described(),
                    "Quote it: \"" + Shortened.of(scalar.text()) + "\".");
            return "";
        }
        if (scalar.text().isBlank()) {
            findings.add(node.place(), what + " is empty");
            return "";
        }
        return scalar.text();
    }

    /// Any single value as it is written, for places where only text makes sense: arguments, variables,
    /// labels.
    String looseText(Node node, String what) {
        if (node instanceof Scalar scalar && scalar.type() != Scalar.Type.NULL) {
            return scalar.text();
        }
        findings.add(node.place(), what + " must be a text, not " + node.described());
        return "";
    }

    /// A text of a certain shape.
    String matching(Node node, String what, Pattern shape, String described) {
        String text = text(node, what);
        if (text.isEmpty() || shape.matcher(text).matches()) {
            return text;
        }
        findings.add(node.place(), what + " must be " + described + ", not '" + Shortened.of(text) + "'");
        return "";
    }

    /// A quantity of that unit.
    Optional<Quantity> quantity(Node node, String what, Quantity.Unit unit) {
        if (!(node instanceof Scalar scalar) || scalar.type() == Scalar.Type.NULL) {
            findings.add(node.place(), what + " must be " + Units.described(unit) + ", not " + node.described());
            return Optional.empty();
        }
        boolean bareNumber = scalar.type() == Scalar.Type.WHOLE || scalar.type() == Scalar.Type.NUMBER;
        boolean unitless = unit == Quantity.Unit.COUNT || unit == Quantity.Unit.NUMBER;
        boolean typed = unitless ? bareNumber : scalar.type() == Scalar.Type.TEXT;
        Optional<Quantity> quantity = typed ? Units.parse(unit, scalar.text()) : Optional.empty();
        if (quantity.isEmpty()) {
            if (bareNumber && !unitless && unit != Quantity.Unit.WORD) {
                findings.add(
                        node.place(),
                        what + " has no unit: " + Shortened.of(scalar.text()),
                        "Write for example " + Units.example(unit, Shortened.of(scalar.text())) + ": "
                                + Units.described(unit) + ".");
            } else {
                findings.add(node.place(), what + " must be " + Units.described(unit) + ", not " + node.described());
            }
        }
        return quantity;
    }

    /// A whole number from `least` to `most`; `least` stands in for a wrong one.
    long count(Node node, String what, long least, long most) {
        if (node instanceof Scalar scalar && scalar.type() == Scalar.Type.WHOLE) {
            try {
                long value = Long.parseLong(scalar.text());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Beyond 64 bits or not decimal: reported like any other value out of range.
            }
        }
        String range = most == Long.MAX_VALUE
                ? (least == Long.MIN_VALUE ? "" : " of at least " + least)
                : " from " + least + " to " + most;
        findings.add(node.place(), what + " must be a whole number" + range + ", not " + node.described());
        return least;
    }

    /// `true` or `false`.
    boolean flag(Node node, String what) {
        if (node instanceof Scalar scalar && scalar.type() == Scalar.Type.TRUTH) {
            return scalar.text().toLowerCase(Locale.ROOT).equals("true");
        }
        findings.add(node.place(), what + " must be true or false, not " + node.described());
        return false;
    }

    /// One of the words of an enum, in lower case.
    <E extends Enum<E>> Optional<E> word(Node node, String what, Class<E> type) {
        String text = word(node, what, Words.of(type));
        return List.of(type.getEnumConstants()).stream()
                .filter(constant -> Words.of(constant).equals(text))
                .findFirst();
    }

    /// One of these words.
    String word(Node node, String what, List<String> words) {
        if (node instanceof Scalar scalar && scalar.type() == Scalar.Type.TEXT && words.contains(scalar.text())) {
            return scalar.text();
        }
        String said = node instanceof Scalar scalar ? scalar.text() : "";
        String choice = words.size() == 1 ? "" : "one of ";
        findings.add(
                node.place(),
                what + " must be " + choice + Words.listed(words) + ", not " + node.described(),
                Words.nearest(said, words).map(word -> "Maybe '" + word + "'."));
        return "";
    }

    /// The items of a list of at least `least`.
    List<Node> list(Node node, String what, int least) {
        if (!(node instanceof Node.Sequence sequence)) {
            findings.add(node.place(), what + " must be a list, not " + node.described());
            return List.of();
        }
        if (sequence.items().size() < least) {
            findings.add(node.place(), what + " must hold at least " + least + " item" + (least == 1 ? "" : "s"));
        }
        return sequence.items();
    }

    /// The entries of an open mapping of at least `least`; none if it is absent.
    List<Node.Entry> entries(Optional<Node> node, String what, int least) {
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof Node.Mapping mapping)) {
            findings.add(
                    node.get().place(),
                    what + " must be a mapping, not " + node.get().described());
            return List.of();
        }
        if (mapping.entries().size() < least) {
            findings.add(mapping.place(), what + " is empty");
        }
        return mapping.entries();
    }

    /// A key that the user chose.
    String key(Scalar name, String what, Pattern shape) {
        if (!shape.matcher(name.text()).matches()) {
            findings.add(name.place(), "'" + Shortened.of(name.text()) + "' is no " + what);
        }
        return name.text();
    }

    /// `host:port`.
    Endpoint endpoint(Node node, String what) {
        String text = text(node, what);
        Matcher matcher = ENDPOINT.matcher(text);
        if (matcher.matches()) {
            return new Endpoint(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
        if (!text.isEmpty()) {
            findings.add(
                    node.place(),
                    what + " must be host:port, not '" + Shortened.of(text) + "'",
                    "Write for example 127.0.0.1:8080; ports go from 1 to 65535.");
        }
        return new Endpoint("", 0);
    }

    /// `json:/pointer`; the result is the pointer.
    String pointer(Node node, String what) {
        String text = text(node, what);
        Matcher matcher = Names.POINTER.matcher(text);
        if (matcher.matches()) {
            return matcher.group(1);
        }
        if (!text.isEmpty()) {
            findings.add(
                    node.place(),
                    what + " must be a JSON pointer, not '" + Shortened.of(text) + "'",
                    "Write for example json:/card/number.");
        }
        return "";
    }
}
