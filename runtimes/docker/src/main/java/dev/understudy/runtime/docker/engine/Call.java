package dev.understudy.runtime.docker.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One call to the engine's API. Immutable.
///
/// @param template a path with places, as in `/containers/{id}/json`
/// @param values what stands in those places, in order
record Call(String method, String template, List<String> values, Map<String, String> query) {
    static Call get(String template, String... values) {
        return new Call("GET", template, List.of(values), Map.of());
    }

    static Call post(String template, String... values) {
        return new Call("POST", template, List.of(values), Map.of());
    }

    static Call put(String template, String... values) {
        return new Call("PUT", template, List.of(values), Map.of());
    }

    static Call delete(String template, String... values) {
        return new Call("DELETE", template, List.of(values), Map.of());
    }

    Call with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new Call(method, template, values, more);
    }

    /// The same with filters, unless there are none.
    Call filtered(Map<String, List<String>> filters) {
        return filters.isEmpty() ? this : with("filters", Json.text(filters));
    }

    /// What it is whatever it is about: `GET /containers/{id}/json`.
    String shape() {
        return method + " " + template;
    }

    String target() {
        String path = path(true);
        return query.isEmpty()
                ? path
                : path
                        + query.entrySet().stream()
                                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                                .collect(Collectors.joining("&", "?", ""));
    }

    /// As a person reads it: without what is asked for in the query.
    @Override
    public String toString() {
        return method + " " + path(false);
    }

    private String path(boolean isEncoded) {
        StringBuilder path = new StringBuilder();
        int from = 0;
        for (String value : values) {
            int open = template.indexOf('{', from);
            path.append(template, from, open).append(isEncoded ? segment(value) : value);
            from = template.indexOf('}', open) + 1;
        }
        return path.append(template.substring(from)).toString();
    }

    /// Names of images keep their slashes and colons: the engine's routes want them so.
    private static String segment(String value) {
        return encoded(value).replace("%2F", "/").replace("%3A", ":").replace("%40", "@");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
