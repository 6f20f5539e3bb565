package dev.understudy.mirror.capture;

import dev.understudy.mirror.message.Headers;
import dev.understudy.runtime.Request.Header;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads one line of a recording and says what is wrong with it, and where.
final class CaptureLine {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Set<String> KEYS = Set.of(
            "offset_ms",
            "method",
            "path",
            "headers",
            "body",
            "body_base64",
            "status",
            "session",
            "response",
            "latency_ms");
    private static final Set<String> ANSWER_KEYS = Set.of("headers", "body", "body_base64");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern TARGET = Pattern.compile("/[\\x21-\\x7e]*");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
    private static final BigDecimal LONGEST_MS = BigDecimal.valueOf(366L * 24 * 3_600_000);
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000);

    private final String file;
    private final int line;
    private final List<Problem> problems;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final Map<String, Integer> columns = new LinkedHashMap<>();

    CaptureLine(String file, int line, List<Problem> problems) {
        this.file = file;
        this.line = line;
        this.problems = problems;
    }

    /// The exchange of this line; empty if there is something wrong, which is then among the problems.
    Optional<CapturedExchange> read(String json) {
        int before = problems.size();
        if (!split(json)) {
            return Optional.empty();
        }
        JsonNode answer = answer();
        unknownKeys(answer.propertyNames(), ANSWER_KEYS, "response");
        long offset = millis("offset_ms", true);
        String method = text("method", METHOD, "must be a method such as GET");
        String path = text("path", TARGET, "must begin with / and hold no spaces");
        List<Header> headers = headers(values.get("headers"), "headers");
        byte[] body = body(values.get("body"), values.get("body_base64"), "body");
        List<Header> answerHeaders = headers(answer.get("headers"), "response");
        byte[] answerBody = body(answer.get("body"), answer.get("body_base64"), "response");
        Optional<String> session = session();
        OptionalInt status = status();
        long latency = millis("latency_ms", false);
        if (problems.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new CapturedExchange(
                line,
                offset,
                method,
                path,
                typed(headers, values.get("body")),
                body,
                session,
                status,
                typed(answerHeaders, answer.get("body")),
                answerBody,
                latency));
    }

    private JsonNode answer() {
        JsonNode response = values.get("response");
        if (response != null && response.isObject()) {
            return response;
        }
        if (response != null && !response.isNull()) {
            wrong("response", "must be an object");
        }
        return MAPPER.createObjectNode();
    }

    private boolean split(String json) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return wrongAt(1, "must be a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                if (!KEYS.contains(key)) {
                    unknownKey(key, KEYS, parser.currentTokenLocation().getColumnNr());
                }
                parser.nextToken();
                columns.put(key, parser.currentTokenLocation().getColumnNr());
                values.put(key, MAPPER.readTree(parser));
            }
            return parser.nextToken() == null
                    || wrongAt(parser.currentTokenLocation().getColumnNr(), "more text after the object");
        } catch (JacksonException e) {
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            return wrongAt(Math.max(1, column), "not JSON: " + e.getOriginalMessage());
        }
    }

    private long millis(String key, boolean needed) {
        JsonNode node = values.get(key);
        if (node == null) {
            if (needed) {
                wrong(key, "is missing");
            }
            return 0;
        }
        if (!node.isNumber()) {
            wrong(key, "must be a number of milliseconds, not " + node);
            return 0;
        }
        BigDecimal millis = node.decimalValue();
        if (millis.signum() < 0 || millis.compareTo(LONGEST_MS) > 0) {
            wrong(key, "must be from 0 to " + LONGEST_MS + " (a year), not " + node);
            return 0;
        }
        return millis.multiply(NANOS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private String text(String key, Pattern pattern, String demand) {
        JsonNode node = values.get(key);
        if (node == null) {
            wrong(key, "is missing");
            return "";
        }
        if (!node.isString() || !pattern.matcher(node.asString()).matches()) {
            wrong(key, demand + ", not " + node);
            return "";
        }
        return node.asString();
    }

    private OptionalInt status() {
        JsonNode node = values.get("status");
        if (node == null || node.isNull()) {
            return OptionalInt.empty();
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < 100 || node.asInt() > 599) {
            wrong("status", "must be a status from 100 to 599, not " + node);
            return OptionalInt.empty();
        }
        return OptionalInt.of(node.asInt());
    }

    private Optional<String> session() {
        JsonNode node = values.get("session");
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isString() && !node.isIntegralNumber()) {
            wrong("session", "must be a string, not " + node);
        }
        return Optional.of(node.asString());
    }

    private List<Header> headers(@Nullable JsonNode node, String key) {
        List<Header> headers = new ArrayList<>();
        if (node == null || node.isNull()) {
            return headers;
        }
        if (!node.isObject()) {
            wrong(key, "headers must be an object, not " + node.getNodeType());
            return headers;
        }
        node.properties().forEach(property -> {
            if (!HEADER_NAME.matcher(property.getKey()).matches()) {
                wrong(key, "'" + property.getKey() + "' is no header name");
            }
            JsonNode value = property.getValue();
            for (JsonNode one : value.isArray() ? value.values() : List.of(value)) {
                header(property.getKey(), one, key, headers);
            }
        });
        return headers;
    }

    private void header(String name, JsonNode value, String key, List<Header> headers) {
        boolean good = (value.isString() || value.isNumber())
                && value.asString().chars().noneMatch(c -> c < 32 && c != 9);
        if (good) {
            headers.add(new Header(name, value.asString()));
        } else {
            wrong(key, "header '" + name + "' must be a string or a list of strings without line breaks");
        }
    }

    private byte[] body(@Nullable JsonNode body, @Nullable JsonNode base64, String key) {
        if (base64 != null && body != null) {
            wrong(key, "has both a body and a body_base64");
        } else if (base64 != null) {
            try {
                return Base64.getDecoder().decode(base64.isString() ? base64.asString() : "?");
            } catch (IllegalArgumentException e) {
                wrong(key, "body_base64 is not base64");
            }
        }
        if (body == null || body.isNull()) {
            return new byte[0];
        }
        return body.isString() ? body.asString().getBytes(StandardCharsets.UTF_8) : MAPPER.writeValueAsBytes(body);
    }

    /// A body written as JSON is JSON, unless the headers say what it is.
    private static List<Header> typed(List<Header> headers, @Nullable JsonNode body) {
        if (body == null
                || !body.isContainer()
                || Headers.first(headers, "content-type").isPresent()) {
            return headers;
        }
        List<Header> typed = new ArrayList<>(headers);
        typed.add(new Header("Content-Type", "application/json"));
        return typed;
    }

    private void unknownKeys(Iterable<String> names, Set<String> known, String at) {
        for (String name : names) {
            if (!known.contains(name)) {
                unknownKey(name, known, columns.getOrDefault(at, 1));
            }
        }
    }

    private void unknownKey(String name, Set<String> known, int column) {
        String all = String.join(", ", known.stream().sorted().toList());
        problems.add(new Problem(
                new Place(file, line, column), "unknown key '" + name + "'", Optional.of("known here: " + all)));
    }

    private boolean wrong(String key, String what) {
        return wrongAt(columns.getOrDefault(key, 1), "'" + key + "' " + what);
    }

    private boolean wrongAt(int column, String what) {
        problems.add(Problem.at(new Place(file, line, column), what));
        return false;
    }
}
