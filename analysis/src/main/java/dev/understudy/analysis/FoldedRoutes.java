package dev.understudy.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Routes as one reads them when all of a run are known: `GET shop/books/book-7` names one of many things where at
/// least five stand in its place, and becomes `GET shop/books/{}`; in `GET shop/v1/books` nothing does. A single
/// request does not show that: numbers, UUIDs and the like are replaced when it passes, the rest here. Words without a
/// digit stay, however many there are. Immutable.
public final class FoldedRoutes {
    private static final String THING = "{}";
    /// Fewer versions, pages and the like are routes of their own.
    private static final int FEWEST = 5;

    private final Map<String, Map<Integer, Set<String>>> seen = new HashMap<>();

    /// @param routes all that there are, `METHOD service/path` each; how often one stands there does not count
    public FoldedRoutes(Collection<String> routes) {
        for (String route : Set.copyOf(routes)) {
            List<String> segments = segments(route);
            Map<Integer, Set<String>> ofShape = seen.computeIfAbsent(shape(segments), _ -> new HashMap<>());
            for (int i = 1; i < segments.size(); i++) {
                if (hasDigit(segments.get(i))) {
                    ofShape.computeIfAbsent(i, _ -> new HashSet<>()).add(segments.get(i));
                }
            }
        }
    }

    /// The route with `{}` where it names one of many things; itself if it was not among those that are known.
    public String of(String route) {
        List<String> segments = new ArrayList<>(segments(route));
        Map<Integer, Set<String>> ofShape = seen.getOrDefault(shape(segments), Map.of());
        ofShape.forEach((i, values) -> {
            if (values.size() >= FEWEST) {
                segments.set(i, THING);
            }
        });
        return String.join("/", segments);
    }

    private static List<String> segments(String route) {
        return List.of(route.split("/", -1));
    }

    /// What routes share that may differ in what they name: the method, the service, and all without a digit.
    private static String shape(List<String> segments) {
        StringBuilder shape = new StringBuilder(segments.getFirst());
        segments.stream().skip(1).forEach(segment -> shape.append('/').append(hasDigit(segment) ? THING : segment));
        return shape.toString();
    }

    private static boolean hasDigit(String segment) {
        return segment.chars().anyMatch(c -> c >= '0' && c <= '9');
    }
}
