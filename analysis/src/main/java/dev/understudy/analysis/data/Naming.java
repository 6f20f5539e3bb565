package dev.understudy.analysis.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// How names of leaves, columns, tables and path segments say that they mean the same thing:
/// `/orders/{id}`, `orderId` and `orders.id` all name an `order`.
final class Naming {
    private static final Set<String> GENERIC = Set.of("id", "key", "uuid", "guid", "number", "no", "nr", "ref", "code");
    private static final Set<String> IDENTIFYING =
            Set.of("id", "key", "uuid", "guid", "number", "no", "nr", "ref", "reference", "code", "token", "session");

    // a run asks for the same few names over and over
    private static final int MOST_REMEMBERED = 4_096;
    private static final Map<String, List<String>> WORDS = new ConcurrentHashMap<>();

    private Naming() {}

    /// The words of a name: `orderId`, `order_id` and `order-id` are `[order, id]`.
    static List<String> words(String name) {
        List<String> known = WORDS.get(name);
        if (known != null) {
            return known;
        }
        List<String> fresh = List.copyOf(split(name));
        if (WORDS.size() < MOST_REMEMBERED) {
            WORDS.put(name, fresh);
        }
        return fresh;
    }

    private static List<String> split(String name) {
        List<String> words = new ArrayList<>();
        for (String part : name.split("[^A-Za-z0-9]+")) {
            for (String word : part.split("(?<=[a-z0-9])(?=[A-Z])")) {
                if (!word.isEmpty()) {
                    words.add(word.toLowerCase(Locale.ROOT));
                }
            }
        }
        return words;
    }

    /// Whether a name says nothing but "identifier": its subject is whatever holds it.
    static boolean isGeneric(String name) {
        List<String> words = words(name);
        return words.size() == 1 && GENERIC.contains(words.getFirst());
    }

    /// Whether what bears this name identifies something.
    static boolean isIdentifying(String name) {
        List<String> words = words(name);
        return !words.isEmpty() && IDENTIFYING.contains(words.getLast());
    }

    /// What a name is about, in the singular: `orderId`, `orders` and `order_no` are `order`.
    static String subject(String name) {
        List<String> words = words(name);
        int last = words.size();
        while (last > 1 && GENERIC.contains(words.get(last - 1))) {
            last--;
        }
        if (last == 0) {
            return "";
        }
        return String.join("", words.subList(0, last - 1)) + singular(words.get(last - 1));
    }

    /// What a table is about: its whole name, and the last word of it (`shop_orders`: `shoporder`,
    /// `order`). Of a table made of files it is the last name in the path (`store/orders/{}.json`:
    /// `order`).
    static Set<String> subjectsOfTable(String table) {
        Set<String> subjects = new TreeSet<>();
        String name = table.indexOf('/') < 0 ? table.substring(table.lastIndexOf('.') + 1) : lastNameIn(table);
        List<String> words = words(name);
        if (!words.isEmpty()) {
            subjects.add(subject(name));
            subjects.add(singular(words.getLast()));
        }
        return subjects;
    }

    private static String lastNameIn(String path) {
        int dot = path.lastIndexOf('.');
        String bare = dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
        String last = "";
        for (String segment : bare.split("/")) {
            last = words(segment).isEmpty() ? last : segment;
        }
        return last;
    }

    private static String singular(String word) {
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes")) {
            return word.substring(0, word.length() - 2);
        }
        boolean isPlural = word.length() > 2 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us");
        return isPlural ? word.substring(0, word.length() - 1) : word;
    }
}
