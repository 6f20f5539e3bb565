package dev.understudy.mirror.mapping;

import dev.understudy.mirror.Identifiers;
import dev.understudy.mirror.message.ContentCoding;
import dev.understudy.mirror.message.Headers;
import dev.understudy.mirror.message.JsonBody;
import dev.understudy.mirror.message.Spot;
import dev.understudy.mirror.message.Target;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Request.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The values in an answer that may be identifiers, by the spot at which another answer to the same request
/// would hold its own. An array's length is part of the spot: lists of different lengths are never paired.
final class AnswerValues {
    private static final int MOST = 5_000;
    private static final Pattern URL = Pattern.compile("(https?://[^/\\s]+)?/\\S*");
    private static final int LARGEST_BODY = 4 << 20;

    /// One value: where it is, what kinds it may be of, and whether it is an element of a list.
    record Found(String value, Set<String> kinds, String name, String pointer, String collection, boolean listed) {}

    private final Request request;
    private final String collection;
    private final Set<String> collections;
    private final List<String> path = new ArrayList<>();
    private final Map<String, Found> found = new LinkedHashMap<>();

    private AnswerValues(Request request) {
        this.request = request;
        List<String> segments = Target.of(request.target()).segments();
        this.collection = Kinds.collection(segments);
        this.collections = Kinds.collections(segments);
    }

    /// Every possible identifier in an answer to `request`.
    static Map<String, Found> of(Request request, List<Header> headers, byte[] body) {
        AnswerValues values = new AnswerValues(request);
        Headers.first(headers, "location").ifPresent(url -> values.url("location", "location", url, false));
        Headers.all(headers, "set-cookie").forEach(values::cookie);
        Headers.first(headers, "etag")
                .ifPresent(tag -> values.add("etag", tag, Spot.Kind.HEADER, "etag", List.of(), "etag", false));
        ContentCoding.undo(headers, body, LARGEST_BODY)
                .filter(plain -> JsonBody.isExpected(plain.headers(), plain.body()))
                .flatMap(plain -> JsonBody.parse(plain.body()))
                .ifPresent(json -> values.json(new StringBuilder(), new StringBuilder(), json.root(), "", false));
        return values.found;
    }

    private void cookie(String line) {
        int equals = line.indexOf('=');
        if (equals > 0) {
            int end = line.indexOf(';');
            String value = line.substring(equals + 1, end < equals ? line.length() : end)
                    .strip();
            String name = line.substring(0, equals).strip();
            String bare = value.replace("\"", "");
            if (!bare.isEmpty()) {
                found.put(
                        "cookie " + name,
                        new Found(bare, Set.of("cookie " + name), name, "set-cookie", collection, false));
            }
        }
    }

    private void url(String key, String pointer, String text, boolean listed) {
        Target target = Target.of(text);
        List<String> segments = target.segments();
        for (int i = 0; i < segments.size(); i++) {
            List<String> before = segments.subList(0, i);
            String value = segments.get(i);
            if (Identifiers.isPossible(value)) {
                Set<String> kinds = Kinds.at(new Spot(Spot.Kind.PATH, "", before), request);
                found.put(
                        key + "/" + segments.size() + "/" + i,
                        new Found(value, kinds, "id", pointer, Kinds.collection(before), listed));
            }
        }
        target.map((spot, value) -> {
            if (spot.kind() == Spot.Kind.QUERY) {
                add(key + "?" + spot.name(), value, Spot.Kind.QUERY, spot.name(), List.of(), pointer, listed);
            }
            return value;
        });
    }

    /// @param key grows to the spot of the node, `pointer` to its JSON pointer; both are left as they were
    private void json(StringBuilder key, StringBuilder pointer, JsonNode node, String name, boolean listed) {
        if (found.size() >= MOST) {
            return;
        }
        int keyLength = key.length();
        int pointerLength = pointer.length();
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> property : node.properties()) {
                String token = property.getKey().replace("~", "~0").replace("/", "~1");
                path.add(property.getKey());
                json(
                        key.append('/').append(token),
                        pointer.append('/').append(token),
                        property.getValue(),
                        property.getKey(),
                        listed);
                path.removeLast();
                key.setLength(keyLength);
                pointer.setLength(pointerLength);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                path.add(Integer.toString(i));
                key.append('[').append(node.size()).append("]/").append(i);
                json(key, pointer.append('/').append(i), node.get(i), name, true);
                path.removeLast();
                key.setLength(keyLength);
                pointer.setLength(pointerLength);
            }
        } else if (node.isString() && URL.matcher(node.asString()).matches()) {
            url(key.toString(), pointer.toString(), node.asString(), listed);
        } else if (node.isString() || node.isIntegralNumber()) {
            add(key, node.asString(), Spot.Kind.JSON, name, path, pointer, listed);
        }
    }

    private void add(
            CharSequence key,
            String value,
            Spot.Kind kind,
            String name,
            List<String> path,
            CharSequence pointer,
            boolean listed) {
        boolean telling =
                kind == Spot.Kind.HEADER || Identifiers.isDistinctive(value) || Kinds.isReference(name, collections);
        if (telling && Identifiers.isPossible(value) && !Kinds.isTime(name)) {
            Set<String> kinds = Kinds.at(new Spot(kind, name, path), request);
            found.put(key.toString(), new Found(value, kinds, name, pointer.toString(), collection, listed));
        }
    }
}
