package dev.understudy.mirror.synthetic;

import dev.understudy.scenario.TrafficMix.Piece;
import dev.understudy.scenario.TrafficMix.Text;
import dev.understudy.scenario.TrafficMix.Writing;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Texts with their holes filled, and JSON that holds given leaves. Stateless.
final class Written {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    private Written() {}

    /// @param values by name; all that `text` names
    static String text(Text text, Map<String, String> values) {
        StringBuilder written = new StringBuilder();
        for (Piece piece : text.pieces()) {
            switch (piece) {
                case Piece.Literal(String literal) -> written.append(literal);
                case Piece.Hole(String name, Writing how) ->
                    written.append(value(java.util.Objects.requireNonNull(values.get(name), name), how));
            }
        }
        return written.toString();
    }

    private static String value(String value, Writing how) {
        return switch (how) {
            case PLAIN -> value;
            case URL -> URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
            case IN_STRING -> {
                String quoted = JSON.writeValueAsString(value);
                yield quoted.substring(1, quoted.length() - 1);
            }
            case JSON -> WHOLE.matcher(value).matches() ? value : JSON.writeValueAsString(value);
        };
    }

    /// The smallest object that holds these numbers at these pointers.
    static String json(Map<String, String> leaves) {
        ObjectNode root = JSON.createObjectNode();
        leaves.forEach((pointer, number) -> {
            String[] tokens = pointer.substring(1).split("/", -1);
            ObjectNode at = root;
            for (int i = 0; i < tokens.length - 1; i++) {
                String token = name(tokens[i]);
                at = at.get(token) instanceof ObjectNode inside ? inside : at.putObject(token);
            }
            at.put(name(tokens[tokens.length - 1]), Long.parseLong(number));
        });
        return JSON.writeValueAsString(root);
    }

    // RFC 6901, section 4
    private static String name(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }
}
