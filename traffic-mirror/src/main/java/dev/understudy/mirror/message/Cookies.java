package dev.understudy.mirror.message;

import dev.understudy.runtime.Request.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `Cookie` and `Set-Cookie` headers of RFC 6265, changed in place: what isn't touched keeps its bytes.
public final class Cookies {
    private Cookies() {}

    /// The value of the cookie `name` in a request.
    public static Optional<String> sent(List<Header> headers, String name) {
        List<String> found = new ArrayList<>();
        Headers.all(headers, "cookie")
                .forEach(line -> mapSent(line, (spot, value) -> {
                    if (spot.name().equals(name)) {
                        found.add(value);
                    }
                    return value;
                }));
        return found.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    /// The last non-empty value that an answer gives the cookie `name`.
    public static Optional<String> given(List<Header> headers, String name) {
        List<String> found = new ArrayList<>();
        Headers.all(headers, "set-cookie")
                .forEach(line -> mapGiven(line, (spot, value) -> {
                    if (spot.name().equals(name) && !value.isEmpty()) {
                        found.add(value);
                    }
                    return value;
                }));
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
    }

    /// A `Cookie` line with every value passed through `mapper`.
    static String mapSent(String line, ValueMapper mapper) {
        StringBuilder mapped = new StringBuilder();
        String separator = "";
        for (String part : line.split(";", -1)) {
            mapped.append(separator).append(mapPair(part, mapper));
            separator = ";";
        }
        return mapped.toString();
    }

    /// A `Set-Cookie` line with its value passed through `mapper`; attributes stay.
    static String mapGiven(String line, ValueMapper mapper) {
        int end = line.indexOf(';');
        return end < 0 ? mapPair(line, mapper) : mapPair(line.substring(0, end), mapper) + line.substring(end);
    }

    private static String mapPair(String pair, ValueMapper mapper) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            return pair;
        }
        String value = pair.substring(equals + 1).strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        String bare = quoted ? value.substring(1, value.length() - 1) : value;
        String name = pair.substring(0, equals).strip();
        String mapped = mapper.map(Spot.named(Spot.Kind.COOKIE, name), bare);
        if (mapped.equals(bare)) {
            return pair;
        }
        return pair.substring(0, equals + 1) + (quoted ? '"' + mapped + '"' : mapped);
    }
}
