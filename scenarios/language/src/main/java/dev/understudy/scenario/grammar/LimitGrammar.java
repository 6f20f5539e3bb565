package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Bound;
import dev.understudy.scenario.Bound.Against;
import dev.understudy.scenario.Bound.Comparison;
import dev.understudy.scenario.Bound.Side;
import dev.understudy.scenario.Quantity;
import dev.understudy.scenario.tree.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how far the value of a rule may go: `400ms`, `1.5 x control`, `2 x baseline + 5ms`.
final class LimitGrammar {
    private static final Pattern MULTIPLE =
            Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?) x (control|baseline)(?: \\+ (\\S+))?");

    private final Reading reading;

    LimitGrammar(Reading reading) {
        this.reading = reading;
    }

    /// The one of `sides` that the rule has. @param unit of its metric; empty if that isn't known
    Bound read(Fields fields, List<Side> sides, Optional<Quantity.Unit> unit) {
        List<String> keys = sides.stream().map(LimitGrammar::key).toList();
        Side side = fields.oneOf(keys)
                .map(key -> Side.valueOf(key.toUpperCase(Locale.ROOT)))
                .orElse(Side.MAX);
        Optional<Node> node = fields.node(key(side));
        return unit.isEmpty()
                ? none(side, Quantity.Unit.COUNT)
                : node.flatMap(limit -> limit(limit, side, unit.get())).orElse(none(side, unit.get()));
    }

    private static String key(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    /// Stands in for a limit that can't be read.
    static Bound none(Side side, Quantity.Unit unit) {
        return new Bound(side, new Quantity(unit, 0, "0"), Optional.empty(), "0");
    }

    private Optional<Bound> limit(Node node, Side side, Quantity.Unit unit) {
        String what = "'" + key(side) + "'";
        Matcher multiple = MULTIPLE.matcher(node instanceof Node.Scalar scalar ? scalar.text() : "");
        if (!multiple.matches()) {
            return reading.values()
                    .quantity(node, what, unit)
                    .map(quantity -> new Bound(side, quantity, Optional.empty(), quantity.text()));
        }
        Comparison comparison = new Comparison(
                Double.parseDouble(multiple.group(1)),
                Against.valueOf(multiple.group(2).toUpperCase(Locale.ROOT)));
        Optional<Quantity> more = multiple.group(3) == null
                ? Optional.of(new Quantity(unit, 0, "0"))
                : Units.parse(unit, multiple.group(3));
        if (more.isEmpty()) {
            reading.findings()
                    .add(
                            node.place(),
                            what + " adds '" + multiple.group(3) + "', which must be " + Units.described(unit));
        }
        return more.map(added -> new Bound(side, added, Optional.of(comparison), multiple.group()));
    }
}
