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
    private final Map<String, Found> found = new LinkedHashMap<>();

    private AnswerValues(Request request) {
        this.request = request;
        this.collection = Kinds.collection(Target.of(request.target()));
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
                .ifPresent(json -> values.json("", "", json.root(), "", new ArrayList<>(), false));
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

    private void json(String key, String pointer, JsonNode node, String name, List<String> path, boolean listed) {
        if (found.size() >= MOST) {
            return;
        }
        if (node.isObject()) {
            node.properties().forEach(property -> {
                String token = property.getKey().replace("~", "~0").replace("/", "~1");
                path.add(property.getKey());
                json(key + "/" + token, pointer + "/" + token, property.getValue(), property.getKey(), path, listed);
                path.removeLast();
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                path.add(Integer.toString(i));
                json(key + "[" + node.size() + "]/" + i, pointer + "/" + i, node.get(i), name, path, true);
                path.removeLast();
            }
        } else if (node.isString() && URL.matcher(node.asString()).matches()) {
            url(key, pointer, node.asString(), listed);
        } else if (node.isString() || node.isIntegralNumber()) {
            add(key, node.asString(), Spot.Kind.JSON, name, path, pointer, listed);
        }
    }

    private void add(
            String key, String value, Spot.Kind kind, String name, List<String> path, String pointer, boolean listed) {
        boolean telling = Identifiers.isDistinctive(value) || Kinds.isReference(name, request);
        if (Identifiers.isPossible(value) && !Kinds.isTime(name) && (telling || kind == Spot.Kind.HEADER)) {
            Set<String> kinds = Kinds.at(new Spot(kind, name, path), request);
            found.put(key, new Found(value, kinds, name, pointer, collection, listed));
        }
    }
}
