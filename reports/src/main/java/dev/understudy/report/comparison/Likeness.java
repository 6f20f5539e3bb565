package dev.understudy.report.comparison;

import dev.understudy.report.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// How far two runs were asked the same thing under the same load. What differs is said, never judged.
final class Likeness {
    /// Loads further apart than this share make times another measurement.
    private static final double SAME_LOAD = 0.1;

    private static final int MOST_FILES = 5;

    private Likeness() {}

    static List<String> notes(RunFacts before, RunFacts after) {
        List<String> notes = new ArrayList<>();
        if (!before.identity().scenario().equals(after.identity().scenario())) {
            notes.add("These are two scenarios: " + before.identity().scenario() + " and "
                    + after.identity().scenario() + ".");
        }
        List<String> changed =
                changed(before.identity().sources(), after.identity().sources());
        if (!changed.isEmpty()) {
            notes.add("Not the same files: "
                    + String.join(", ", changed.subList(0, Math.min(MOST_FILES, changed.size())))
                    + (changed.size() > MOST_FILES ? " and " + (changed.size() - MOST_FILES) + " more" : "") + ".");
        }
        if (before.identity().seed() != after.identity().seed()) {
            notes.add("Not the same seed: " + before.identity().seed() + " and "
                    + after.identity().seed() + ".");
        }
        if (Math.abs(after.perSecond() - before.perSecond()) > SAME_LOAD * before.perSecond()) {
            notes.add("Not the same load: " + Words.perSecond(before.perSecond(), "requests") + " and "
                    + Words.perSecond(after.perSecond(), "requests") + " an arm; times hold for their own load.");
        }
        return List.copyOf(notes);
    }

    private static List<String> changed(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !before.getOrDefault(name, "").equals(after.getOrDefault(name, "")))
                .toList();
    }
}
