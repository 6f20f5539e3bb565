package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.TrafficMix.Piece;
import dev.understudy.scenario.TrafficMix.Text;
import dev.understudy.scenario.TrafficMix.Writing;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds `${name}` in the texts of a mix, and writes YAML as the JSON it stands for.
final class Holes {
    private static final Pattern HOLE = Pattern.compile("\\$\\{([^}]*)}");

    private final Findings findings;

    Holes(Findings findings) {
        this.findings = findings;
    }

    Text literal(String text) {
        return new Text(List.of(new Piece.Literal(text)));
    }

    /// `text`, which stands at `node`, with its holes; a name that is not `known` is a problem.
    Text in(Node node, String text, Writing how, Set<String> known) {
        List<Piece> pieces = new ArrayList<>();
        split(node.place(), text, how, known, pieces);
        return new Text(pieces);
    }

    /// The JSON that `node` stands for, as YAML's JSON schema reads it.
    Text json(Node node, Set<String> known) {
        List<Piece> pieces = new ArrayList<>();
        write(node, known, pieces);
        return new Text(joined(pieces));
    }

    private void write(Node node, Set<String> known, List<Piece> pieces) {
        switch (node) {
            case Node.Mapping mapping -> {
                String before = "{";
                for (Node.Entry entry : mapping.entries()) {
                    pieces.add(new Piece.Literal(before + "\"" + escaped(entry.key()) + "\":"));
                    write(entry.value(), known, pieces);
                    before = ",";
                }
                pieces.add(new Piece.Literal(mapping.entries().isEmpty() ? "{}" : "}"));
            }
            case Node.Sequence sequence -> {
                String before = "[";
                for (Node item : sequence.items()) {
                    pieces.add(new Piece.Literal(before));
                    write(item, known, pieces);
                    before = ",";
                }
                pieces.add(new Piece.Literal(sequence.items().isEmpty() ? "[]" : "]"));
            }
            case Node.Scalar scalar -> write(scalar, known, pieces);
        }
    }

    private void write(Node.Scalar scalar, Set<String> known, List<Piece> pieces) {
        Matcher hole = HOLE.matcher(scalar.text());
        if (hole.matches()) {
            pieces.add(new Piece.Hole(checked(scalar.place(), hole.group(1), known), Writing.JSON));
            return;
        }
        switch (scalar.type()) {
            case NULL -> pieces.add(new Piece.Literal("null"));
            case TRUTH -> pieces.add(new Piece.Literal(scalar.text().toLowerCase(java.util.Locale.ROOT)));
            case WHOLE, NUMBER -> pieces.add(new Piece.Literal(number(scalar)));
            case TEXT -> {
                pieces.add(new Piece.Literal("\""));
                split(scalar.place(), scalar.text(), Writing.IN_STRING, known, pieces);
                pieces.add(new Piece.Literal("\""));
            }
        }
    }

    private String number(Node.Scalar scalar) {
        try {
            return new java.math.BigDecimal(scalar.text()).toPlainString();
        } catch (NumberFormatException notInJson) {
            findings.add(scalar.place(), "'" + scalar.text() + "' is no number of JSON");
            return "0";
        }
    }

    private void split(Place place, String text, Writing how, Set<String> known, List<Piece> pieces) {
        Matcher hole = HOLE.matcher(text);
        int end = 0;
        while (hole.find()) {
            literal(text.substring(end, hole.start()), how, pieces);
            pieces.add(new Piece.Hole(checked(place, hole.group(1), known), how));
            end = hole.end();
        }
        literal(text.substring(end), how, pieces);
    }

    private static void literal(String text, Writing how, List<Piece> pieces) {
        if (!text.isEmpty()) {
            pieces.add(new Piece.Literal(how == Writing.IN_STRING ? escaped(text) : text));
        }
    }

    private String checked(Place place, String name, Set<String> known) {
        if (!known.contains(name)) {
            findings.add(place, "'${" + name + "}' is nothing that is known here", Words.meant(name, known));
        }
        return name;
    }

    private static List<Piece> joined(List<Piece> pieces) {
        List<Piece> joined = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Literal(String literal)) {
                text.append(literal);
                continue;
            }
            if (!text.isEmpty()) {
                joined.add(new Piece.Literal(text.toString()));
                text.setLength(0);
            }
            joined.add(piece);
        }
        if (!text.isEmpty()) {
            joined.add(new Piece.Literal(text.toString()));
        }
        return joined;
    }

    // RFC 8259, section 7
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
