package dev.understudy.analysis.data;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Takes the named values out of requests and answers: JSON leaves, forms, query, path, cookies,
/// `Location`.
final class CarriedValues {
    private CarriedValues() {}

    /// What a request carries.
    static List<Carried> of(Request request) {
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
        body(request.body(), request.headers(), resource(request.target()), carried);
        return carried;
    }

    /// What an answer carries; a leaf that is merely called `id` is about what the request's path names.
    static List<Carried> of(Request request, Answer answer) {
        List<Carried> carried = new ArrayList<>();
        if (answer instanceof Answer.Answered answered) {
            for (Request.Header header : answered.headers()) {
                header(header, carried);
            }
            body(answered.body(), answered.headers(), resource(request.target()), carried);
        }
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

    private static void body(byte[] body, List<Request.Header> headers, String resource, List<Carried> carried) {
        String type = headers.stream()
                .filter(header -> header.name().equalsIgnoreCase("content-type"))
                .map(Request.Header::value)
                .findFirst()
                .orElse("");
        if (type.startsWith("application/x-www-form-urlencoded")) {
            pairs("form/", new String(body, StandardCharsets.UTF_8), "&", carried);
        } else {
            JsonLeaves.of(body).forEach(leaf -> carried.add(leaf.carriedIn(resource)));
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
