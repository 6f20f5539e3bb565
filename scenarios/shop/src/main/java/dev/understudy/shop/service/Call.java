package dev.understudy.shop.service;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A request, received or to be sent.
///
/// @param path path and query, as in the request line
/// @param headers by name in lower case
public record Call(String method, String path, Map<String, String> headers, byte[] body) {
    private static final Pattern NUMBER = Pattern.compile("(?<=/)\\d{1,18}(?=/|$)");

    public Call {
        headers = lowerCased(headers);
    }

    /// A GET.
    public static Call get(String path, Map<String, String> headers) {
        return new Call("GET", path, headers, new byte[0]);
    }

    /// A POST of JSON.
    public static Call post(String path, Map<String, String> headers, Object json) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("content-type", "application/json");
        return new Call("POST", path, all, Json.write(json).getBytes(StandardCharsets.UTF_8));
    }

    /// Method and path with every number in the path as `#`: `GET /orders/#`.
    public String route() {
        return method + " " + NUMBER.matcher(pathOnly()).replaceAll("#");
    }

    /// The first number in the path. @throws Refusal 404 if there is none
    public long id() {
        Matcher found = NUMBER.matcher(pathOnly());
        if (!found.find()) {
            throw new Refusal(404, "no number in " + path);
        }
        return Long.parseLong(found.group());
    }

    /// The value of a header, by name in any case.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /// The value of a cookie.
    public Optional<String> cookie(String name) {
        for (String pair : header("cookie").orElse("").split(";")) {
            if (pair.strip().startsWith(name + "=")) {
                return Optional.of(pair.strip().substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }

    /// The body as a JSON object, `{}` if it is empty. @throws Refusal 400 if it is something else
    public JsonObject json() {
        return JsonObject.of(body);
    }

    private String pathOnly() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static Map<String, String> lowerCased(Map<String, String> headers) {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return java.util.Collections.unmodifiableMap(lower);
    }
}
