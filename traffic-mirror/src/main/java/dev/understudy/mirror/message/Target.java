package dev.understudy.mirror.message;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A request target or a URL, split where its values are. Mapping keeps every byte of what isn't changed.
///
/// @param prefix scheme and authority of an absolute URL, else `""`
/// @param path from the first slash, still encoded
/// @param query without the question mark, still encoded; `""` if there is none
/// @param suffix the fragment with its `#`, else `""`
public record Target(String prefix, String path, String query, String suffix) {

    /// Splits `text`; never fails.
    public static Target of(String text) {
        int hash = text.indexOf('#');
        String suffix = hash < 0 ? "" : text.substring(hash);
        String rest = hash < 0 ? text : text.substring(0, hash);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        String front = mark < 0 ? rest : rest.substring(0, mark);
        int authority = front.indexOf("://");
        int slash = authority < 0 ? 0 : front.indexOf('/', authority + 3);
        int cut = slash < 0 ? front.length() : slash;
        return new Target(front.substring(0, cut), front.substring(cut), query, suffix);
    }

    /// The non-empty segments of the path, decoded.
    public List<String> segments() {
        List<String> segments = new ArrayList<>();
        for (String part : path.split("/")) {
            if (!part.isEmpty()) {
                segments.add(decoded(part, false));
            }
        }
        return segments;
    }

    /// This target with path segments and query values passed through `mapper`.
    public Target map(ValueMapper mapper) {
        return new Target(prefix, mapPath(mapper), mapPairs(query, Spot.Kind.QUERY, mapper), suffix);
    }

    private String mapPath(ValueMapper mapper) {
        StringBuilder mapped = new StringBuilder();
        List<String> before = new ArrayList<>();
        String separator = "";
        for (String part : path.split("/", -1)) {
            mapped.append(separator);
            separator = "/";
            if (part.isEmpty()) {
                continue;
            }
            String value = decoded(part, false);
            String now = mapper.map(new Spot(Spot.Kind.PATH, "", before), value);
            mapped.append(now.equals(value) ? part : encoded(now).replace("+", "%20"));
            before.add(value);
        }
        return mapped.toString();
    }

    /// `name=value` pairs joined by `&`, as in a query or a form, with the values passed through `mapper`.
    static String mapPairs(String pairs, Spot.Kind kind, ValueMapper mapper) {
        StringBuilder mapped = new StringBuilder();
        String separator = "";
        for (String pair : pairs.split("&", -1)) {
            mapped.append(separator);
            separator = "&";
            int equals = pair.indexOf('=');
            if (equals < 0) {
                mapped.append(pair);
                continue;
            }
            String value = decoded(pair.substring(equals + 1), true);
            String now = mapper.map(Spot.named(kind, decoded(pair.substring(0, equals), true)), value);
            mapped.append(now.equals(value) ? pair : pair.substring(0, equals + 1) + encoded(now));
        }
        return mapped.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String decoded(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return text;
        }
        try {
            return URLDecoder.decode(plusIsSpace ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    @Override
    public String toString() {
        return prefix + path + (query.isEmpty() ? "" : "?" + query) + suffix;
    }
}
