package dev.understudy.analysis.data;

import java.util.List;

/// One column that both arms have.
///
/// @param index its place in the rows of the aligned table
/// @param subjects what its values identify, most telling first; empty if they identify nothing
/// @param noisy whether it differs between arms that do the same
/// @param expected whether the author declared that it differs
record Column(
        String name,
        int index,
        List<String> subjects,
        boolean key,
        boolean reference,
        boolean noisy,
        boolean expected) {

    /// The column that holds the path of a file.
    static final String PATH = "#path";

    boolean isPath() {
        return name.equals(PATH);
    }

    boolean identifies() {
        return !subjects.isEmpty();
    }

    Column made(boolean isNoisy) {
        return new Column(name, index, subjects, key, reference, noisy || isNoisy, expected);
    }

    /// What a column's values identify, from its name, its table and what it refers to.
    static List<String> subjects(String table, String name, boolean key, String refersTo) {
        if (name.equals(PATH)) {
            return List.of();
        }
        String own = name.substring(name.lastIndexOf('/') + 1);
        List<String> ofTable = List.copyOf(Naming.subjectsOfTable(table));
        if (!refersTo.isEmpty()) {
            int dot = refersTo.lastIndexOf('.');
            String parent = dot < 0 ? refersTo : refersTo.substring(0, dot);
            return joined(List.copyOf(Naming.subjectsOfTable(parent)), List.of(Naming.subject(own)));
        }
        if (Naming.isGeneric(own)) {
            String holder = holder(name);
            return holder.isEmpty() ? ofTable : List.of(Naming.subject(holder));
        }
        boolean namesAnother =
                Naming.isIdentifying(own) && !Naming.subject(own).equals(String.join("", Naming.words(own)));
        if (namesAnother) {
            return List.of(Naming.subject(own));
        }
        return key
                ? joined(List.of(Naming.subject(own)), ofTable)
                : Naming.isIdentifying(own) ? List.of(Naming.subject(own)) : List.of();
    }

    // the name around a leaf, list positions left out: `/lines/0/id` is about a line
    private static String holder(String pointer) {
        String[] parts = pointer.split("/");
        for (int i = parts.length - 2; i > 0; i--) {
            if (!parts[i].chars().allMatch(Character::isDigit)) {
                return parts[i];
            }
        }
        return "";
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return java.util.stream.Stream.concat(first.stream(), second.stream())
                .distinct()
                .toList();
    }
}
