package dev.understudy.mirror.mapping;

import dev.understudy.mirror.Identifiers;
import dev.understudy.mirror.message.Spot;
import dev.understudy.mirror.message.Target;
import dev.understudy.runtime.Request;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What kind of thing a value names, read off the words around it: `orderId`, `order_id`, `/orders/17` and the
/// `id` in an answer to `POST /orders` are all of the kind `order`.
final class Kinds {
    private static final Set<String> SUFFIXES =
            Set.of("id", "ids", "uuid", "uuids", "key", "keys", "ref", "refs", "number", "no", "token");
    private static final Set<String> TIMES = Set.of(
            "at", "on", "time", "date", "timestamp", "ts", "ms", "millis", "nanos", "duration", "took", "elapsed");
    private static final Set<String> WRAPPERS =
            Set.of("data", "result", "results", "response", "payload", "content", "value", "values", "entity", "body");

    private static final Pattern HUMP = Pattern.compile("([\\p{Ll}\\p{N}])(\\p{Lu})");
    private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]");
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}]+");

    // every request of a session asks for the same few names again
    private static final Remembered<List<String>> WORDS = new Remembered<>(Kinds::wordsNow);
    private static final Remembered<String> SINGULARS = new Remembered<>(Kinds::singularNow);

    private Kinds() {}

    /// The kinds of the value that stands at `spot` of a message about `request`.
    static Set<String> at(Spot spot, Request request) {
        return switch (spot.kind()) {
            case PATH ->
                spot.path().isEmpty() ? Set.of() : Set.of(singular(spot.path().getLast()));
            case COOKIE -> Set.of("cookie " + spot.name());
            case HEADER -> Set.of("header " + (spot.name().startsWith("if-") ? "etag" : spot.name()));
            case QUERY, FORM -> named(spot.name(), collection(Target.of(request.target())));
            case JSON -> inJson(spot, collection(Target.of(request.target())));
        };
    }

    private static Set<String> inJson(Spot spot, String collection) {
        List<String> names = new ArrayList<>(spot.path());
        names.removeIf(token -> Identifiers.isSegment(token) || WRAPPERS.contains(token.toLowerCase(Locale.ROOT)));
        String parent = names.size() >= 2 ? names.get(names.size() - 2) : collection;
        return names.isEmpty() ? Set.of(singular(collection)) : named(names.getLast(), parent);
    }

    private static Set<String> named(String name, String parent) {
        List<String> words = words(name);
        Set<String> kinds = new LinkedHashSet<>();
        if (!words.isEmpty() && SUFFIXES.contains(words.getLast())) {
            String front = String.join("", words.subList(0, words.size() - 1));
            kinds.add(front.isEmpty() ? singular(parent) : singular(front));
        } else {
            kinds.add(singular(name));
        }
        return kinds;
    }

    /// Whether a name says that its value is an identifier: it ends in a word like `id`, or is itself one of
    /// the `collections` of the path.
    static boolean isReference(String name, Set<String> collections) {
        List<String> words = words(name);
        return (!words.isEmpty() && SUFFIXES.contains(words.getLast())) || collections.contains(singular(name));
    }

    /// The singulars of those of `segments` that are no identifiers.
    static Set<String> collections(List<String> segments) {
        return segments.stream()
                .filter(segment -> !Identifiers.isSegment(segment))
                .map(Kinds::singular)
                .collect(Collectors.toSet());
    }

    /// Whether a name says that its value is a time.
    static boolean isTime(String name) {
        List<String> words = words(name);
        return !words.isEmpty() && TIMES.contains(words.getLast());
    }

    /// The last segment of the path that is no identifier; `""` if there is none.
    static String collection(Target target) {
        return collection(target.segments());
    }

    /// The last of `segments` that is no identifier; `""` if there is none.
    static String collection(List<String> segments) {
        return segments.reversed().stream()
                .filter(segment -> !Identifiers.isSegment(segment))
                .findFirst()
                .orElse("");
    }

    /// `Order-Items` → `orderitem`: letters and digits in lower case, without the plural.
    static String singular(String word) {
        return SINGULARS.of(word);
    }

    private static String singularNow(String word) {
        String plain = OTHER.matcher(word.toLowerCase(Locale.ROOT)).replaceAll("");
        if (plain.endsWith("ies") && plain.length() > 4) {
            return plain.substring(0, plain.length() - 3) + "y";
        }
        boolean plural = plain.endsWith("s") && !plain.endsWith("ss") && plain.length() > 2;
        return plural ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static List<String> words(String name) {
        return WORDS.of(name);
    }

    private static List<String> wordsNow(String name) {
        String spaced = HUMP.matcher(name).replaceAll("$1 $2").toLowerCase(Locale.ROOT);
        return OTHERS.splitAsStream(spaced).filter(part -> !part.isEmpty()).toList();
    }
}
