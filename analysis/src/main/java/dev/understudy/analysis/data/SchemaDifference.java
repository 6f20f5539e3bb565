package dev.understudy.analysis.data;

import dev.understudy.journal.Event.SchemaDelta;
import dev.understudy.runtime.SchemaImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How one reading of a schema differs from an earlier one. An object whose definition differs is *changed*; what
/// belongs to a table that is new or gone (its owner, its grants) is not told besides. Pure.
public final class SchemaDifference {
    /// More lines are counted only.
    private static final int MOST = 1_000;

    /// What is the same object whatever its definition: its kind and its name.
    private static final Pattern OBJECT = Pattern.compile("((?:index|trigger) CREATE .*?(?:INDEX|TRIGGER) \\S+"
            + "|(?:function|aggregate) [^)]*\\)"
            + "|(?:owner of|grants on|foreign table|partitioned table|materialized view) \\S+"
            + "|\\S+ \\S+)\\s?(.*)");

    private static final Pattern OWNED = Pattern.compile("(?:owner of|grants on) (\\S+).*");
    private static final Pattern MADE =
            Pattern.compile("(?:table|foreign table|partitioned table|view|materialized view|sequence) (\\S+).*");

    private SchemaDifference() {}

    /// From `before` to `after`.
    public static SchemaDelta between(SchemaImage before, SchemaImage after) {
        return between(before, after, _ -> true);
    }

    /// From `before` to `after` in the candidate; what the control has by now just as the candidate is left out, for
    /// no change did it.
    public static SchemaDelta between(SchemaImage before, SchemaImage after, SchemaImage control) {
        Set<String> candidates = new HashSet<>(after.objects());
        Set<String> controls = new HashSet<>(control.objects());
        return between(before, after, line -> candidates.contains(line) != controls.contains(line));
    }

    private static SchemaDelta between(SchemaImage before, SchemaImage after, Predicate<String> counts) {
        Map<String, String> gone = named(without(before.objects(), after.objects(), counts));
        Map<String, String> come = named(without(after.objects(), before.objects(), counts));
        List<String> changed = new ArrayList<>();
        for (Map.Entry<String, String> object : come.entrySet()) {
            String old = gone.get(object.getKey());
            if (old != null) {
                changed.add(object.getKey() + ": " + definition(old) + " -> " + definition(object.getValue()));
            }
        }
        List<String> added = alone(come, gone);
        List<String> removed = alone(gone, come);
        List<String> entered = surplus(after.entries(), before.entries());
        List<String> withdrawn = surplus(before.entries(), after.entries());
        long left = beyond(added) + beyond(removed) + beyond(changed) + beyond(entered) + beyond(withdrawn);
        return new SchemaDelta(most(added), most(removed), most(changed), most(entered), most(withdrawn), left);
    }

    private static List<String> without(List<String> lines, List<String> others, Predicate<String> counts) {
        Set<String> known = new HashSet<>(others);
        return lines.stream()
                .filter(line -> !known.contains(line) && counts.test(line))
                .toList();
    }

    private static Map<String, String> named(List<String> lines) {
        Map<String, String> objects = new LinkedHashMap<>();
        lines.forEach(line -> objects.put(name(line), line));
        return objects;
    }

    private static String name(String line) {
        Matcher matcher = OBJECT.matcher(line);
        return matcher.matches() ? matcher.group(1) : line;
    }

    private static String definition(String line) {
        Matcher matcher = OBJECT.matcher(line);
        return matcher.matches() && !matcher.group(2).isBlank() ? matcher.group(2) : line;
    }

    /// Those that only `ours` has, in their order, tables first; without owners and grants of what is itself among
    /// them.
    private static List<String> alone(Map<String, String> ours, Map<String, String> theirs) {
        List<String> lines = ours.entrySet().stream()
                .filter(object -> !theirs.containsKey(object.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        Set<String> made = new HashSet<>();
        lines.forEach(line -> {
            Matcher matcher = MADE.matcher(line);
            if (matcher.matches()) {
                made.add(matcher.group(1));
            }
        });
        return lines.stream()
                .filter(line -> {
                    Matcher matcher = OWNED.matcher(line);
                    return !matcher.matches() || !made.contains(matcher.group(1));
                })
                .sorted(java.util.Comparator.comparing(
                        line -> !MADE.matcher(line).matches()))
                .toList();
    }

    /// What `ours` has more often than `theirs`: a tool may note the same migration twice.
    private static List<String> surplus(List<String> ours, List<String> theirs) {
        List<String> rest = new ArrayList<>(ours);
        theirs.forEach(rest::remove);
        return List.copyOf(rest);
    }

    private static List<String> most(List<String> lines) {
        return List.copyOf(lines.subList(0, Math.min(MOST, lines.size())));
    }

    private static long beyond(List<String> lines) {
        return Math.max(0, lines.size() - MOST);
    }
}
