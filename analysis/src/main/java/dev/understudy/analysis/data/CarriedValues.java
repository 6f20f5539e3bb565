package dev.understudy.analysis.data;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Takes the named values out of requests and answers: JSON leaves, forms, query, path, cookies,
/// `Location`. Most bodies are said again and again; a body is read once, as far as memory allows. Not
/// thread-safe.
final class CarriedValues {
    private static final int MOST_KEPT = 200_000;

    private final Map<Body, List<Carried>> read = new HashMap<>();
    private int kept;

    /// What a body says depends on its bytes, on what it is about, and on how it is to be read.
    private record Body(ByteBuffer bytes, String resource, boolean form) {}

    /// What a request carries.
    List<Carried> of(Request request) {
        List<Carried> carried = new ArrayList<>();
        path("path", request.target(), carried);
        int question = request.target().indexOf('?');
        if (question >= 0) {
            pairs("query/", request.target().substring(question + 1), "&", carried);
        }
        for (Request.Header header : request.headers()) {
            if (header.name().equalsIgnoreCase("cookie")) {
                pairs("cookie/", header.value(), ";", carried);
            }
        }
        carried.addAll(body(request.body(), request.headers(), resource(request.target())));
        return carried;
    }

    /// What an answer carries; a leaf that is merely called `id` is about what the request's path names.
    /// Equal answers may be the same list.
    List<Carried> of(Request request, Answer answer) {
        if (!(answer instanceof Answer.Answered answered)) {
            return List.of();
        }
        List<Carried> carried = new ArrayList<>();
        for (Request.Header header : answered.headers()) {
            header(header, carried);
        }
        List<Carried> body = body(answered.body(), answered.headers(), resource(request.target()));
        if (carried.isEmpty()) {
            return body;
        }
        carried.addAll(body);
        return carried;
    }

    private static void header(Request.Header header, List<Carried> carried) {
        switch (header.name().toLowerCase(Locale.ROOT)) {
            case "location" -> path("location", withoutAuthority(header.value()), carried);
            case "set-cookie" -> pairs("cookie/", header.value().split(";", 2)[0], ";", carried);
            default -> {}
        }
    }

    private static String withoutAuthority(String location) {
        int scheme = location.indexOf("://");
        if (scheme < 0) {
            return location;
        }
        int slash = location.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : location.substring(slash);
    }

    /// What the path as a whole is about: the last collection in it (`/orders/17/pay`: `order`), else its
    /// last word.
    static String resource(String target) {
        String subject = "";
        boolean isCollection = false;
        for (String segment : segments(target)) {
            boolean isWord = !segment.startsWith("{") && segment.chars().noneMatch(Character::isDigit);
            boolean isPlural = isWord && !Naming.subject(segment).equals(String.join("", Naming.words(segment)));
            if (isPlural || (isWord && !isCollection)) {
                subject = Naming.subject(segment);
                isCollection |= isPlural;
            }
        }
        return subject;
    }

    private static List<String> segments(String target) {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                segments.add(decoded(segment));
            }
        }
        return segments;
    }

    private static void path(String where, String target, List<Carried> carried) {
        List<String> segments = segments(target);
        for (int i = 1; i < segments.size(); i++) {
            String subject = Naming.subject(segments.get(i - 1));
            if (!subject.isEmpty()) {
                carried.add(new Carried(where + "/" + i, subject, segments.get(i), true, false));
            }
        }
    }

    private static void pairs(String where, String text, String separator, List<Carried> carried) {
        for (String pair : text.split(separator)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = decoded(pair.substring(0, equals).strip());
                String value = decoded(pair.substring(equals + 1).strip());
                boolean identifies = where.equals("cookie/") || Naming.isIdentifying(name);
                carried.add(new Carried(where + name, Naming.subject(name), value, identifies, false));
            }
        }
    }

    private List<Carried> body(byte[] bytes, List<Request.Header> headers, String resource) {
        if (bytes.length == 0) {
            return List.of();
        }
        boolean form = headers.stream()
                .anyMatch(header -> header.name().equalsIgnoreCase("content-type")
                        && header.value().startsWith("application/x-www-form-urlencoded"));
        Body body = new Body(ByteBuffer.wrap(bytes), resource, form);
        List<Carried> known = read.get(body);
        if (known != null) {
            return known;
        }
        List<Carried> fresh = read(bytes, resource, form);
        if (kept + fresh.size() <= MOST_KEPT) {
            kept += fresh.size();
            read.put(body, fresh);
        }
        return fresh;
    }

    private static List<Carried> read(byte[] bytes, String resource, boolean form) {
        List<Carried> carried = new ArrayList<>();
        if (form) {
            pairs("form/", new String(bytes, StandardCharsets.UTF_8), "&", carried);
        } else {
            JsonLeaves.of(bytes).forEach(leaf -> carried.add(leaf.carriedIn(resource)));
        }
        return List.copyOf(carried);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
