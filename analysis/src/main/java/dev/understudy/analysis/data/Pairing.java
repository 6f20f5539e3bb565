package dev.understudy.analysis.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Finds for each row of the control the row of the candidate that stands for it, most certain ways first:
///
/// 1. by its key, translated as the answers taught; who has such a key is never paired in another way, so
///    that a lost row can't hide behind a similar one;
/// 2. by an equal key, if the rows are the same;
/// 3. by an equal key that both arms had before the change;
/// 4. by what it holds, if its key was made up by the store;
/// 5. by an equal key and equal references;
/// 6. by its references (or nothing, in a table without key) and likeness.
final class Pairing {
    // beyond this, comparing each with each takes longer than it is worth
    private static final int MOST_ALIKE = 1_000;

    private final AlignedTable table;
    private final Translation translation;
    private final Set<Row> control;
    private final Set<Row> candidate;
    private final List<RowPair> pairs = new ArrayList<>();

    private Pairing(AlignedTable table, Translation translation) {
        this.table = table;
        this.translation = translation;
        control = new LinkedHashSet<>(table.control());
        candidate = new LinkedHashSet<>(table.candidate());
    }

    /// All rows of both arms, each in one pair.
    static List<RowPair> of(AlignedTable table, Translation translation, Predicate<List<String>> isRemembered) {
        Pairing pairing = new Pairing(table, translation);
        if (!table.keys().isEmpty()) {
            pairing.byLearntKey();
            pairing.byKey((ours, theirs) ->
                    new RowPair(ours, theirs).differences(table, translation).isEmpty());
            pairing.byKey((_, theirs) -> isRemembered.test(key(table, theirs)));
        }
        pairing.byContent();
        if (!table.keys().isEmpty()) {
            pairing.byKey(pairing::haveSameReferences);
        }
        pairing.byLikeness();
        pairing.control.forEach(row -> pairing.pairs.add(new RowPair(row, null)));
        pairing.candidate.forEach(row -> pairing.pairs.add(new RowPair(null, row)));
        return pairing.pairs;
    }

    /// The key of a row, as it stands.
    static List<String> key(AlignedTable table, Row row) {
        return table.keys().stream().map(row::text).toList();
    }

    private List<String> expectedKey(Row row) {
        return table.keys().stream()
                .map(column -> java.util.Objects.requireNonNullElse(translation.expected(column, row.cell(column)), ""))
                .toList();
    }

    private void byLearntKey() {
        Map<List<String>, Row> byKey = new HashMap<>();
        candidate.forEach(row -> byKey.putIfAbsent(key(table, row), row));
        Set<Row> settled = new HashSet<>();
        for (Row ours : List.copyOf(control)) {
            if (isKeyKnown(ours, true)) {
                Row theirs = byKey.get(expectedKey(ours));
                if (theirs != null && settled.add(theirs)) {
                    pair(ours, theirs);
                } else {
                    control.remove(ours);
                    pairs.add(new RowPair(ours, null));
                }
            }
        }
        for (Row theirs : List.copyOf(candidate)) {
            if (isKeyKnown(theirs, false)) {
                candidate.remove(theirs);
                pairs.add(new RowPair(null, theirs));
            }
        }
    }

    private boolean isKeyKnown(Row row, boolean ofControl) {
        List<Column> telling =
                table.keys().stream().filter(column -> tells(column, row)).toList();
        return !telling.isEmpty()
                && telling.stream().allMatch(column -> translation.isKnown(column, row.cell(column), ofControl));
    }

    private void byKey(java.util.function.BiPredicate<Row, Row> belong) {
        Map<List<String>, Row> byKey = new HashMap<>();
        candidate.forEach(row -> byKey.putIfAbsent(key(table, row), row));
        for (Row ours : List.copyOf(control)) {
            Row theirs = byKey.get(expectedKey(ours));
            if (theirs != null && candidate.contains(theirs) && belong.test(ours, theirs)) {
                pair(ours, theirs);
            }
        }
    }

    private boolean haveSameReferences(Row ours, Row theirs) {
        return table.references().stream()
                .allMatch(column -> translation.isSame(column, ours.cell(column), theirs.cell(column)));
    }

    private void byContent() {
        Map<String, Deque<Row>> byContent = new HashMap<>();
        candidate.stream()
                .filter(this::hasMadeUpKey)
                .forEach(row -> byContent
                        .computeIfAbsent(content(row, false), _ -> new ArrayDeque<>())
                        .add(row));
        for (Row ours : List.copyOf(control)) {
            Deque<Row> alike = hasMadeUpKey(ours) ? byContent.get(content(ours, true)) : null;
            Row theirs = alike == null ? null : alike.poll();
            if (theirs != null) {
                pair(ours, theirs);
            }
        }
    }

    private boolean hasMadeUpKey(Row row) {
        if (table.keys().isEmpty()) {
            return true;
        }
        List<Column> telling =
                table.keys().stream().filter(column -> tells(column, row)).toList();
        return !telling.isEmpty()
                && telling.stream()
                        .filter(column -> !column.reference() && !column.isPath())
                        .allMatch(column -> Translation.isSerial(row.text(column)));
    }

    // the path of a file of many records tells nothing of a record
    private static boolean tells(Column column, Row row) {
        return !column.isPath()
                || !Translation.identities(column, row.cell(column)).isEmpty();
    }

    private String content(Row row, boolean ofControl) {
        StringBuilder content = new StringBuilder();
        for (Column column : table.columns()) {
            if (!column.key() || column.reference()) {
                String cell = column.expected() ? "" : translation.blurred(column, row.cell(column), ofControl);
                content.append(cell.length()).append(':').append(cell);
            }
        }
        return content.toString();
    }

    private void byLikeness() {
        if (!table.keys().isEmpty() && table.references().isEmpty()) {
            return;
        }
        Map<List<String>, List<Row>> byReferences = new HashMap<>();
        Function<Row, List<String>> theirReferences = row -> table.references().stream()
                .map(column -> translation.blurred(column, row.cell(column), false))
                .toList();
        candidate.stream()
                .filter(this::hasMadeUpKey)
                .forEach(row -> byReferences
                        .computeIfAbsent(theirReferences.apply(row), _ -> new ArrayList<>())
                        .add(row));
        for (Row ours : List.copyOf(control)) {
            List<String> references = table.references().stream()
                    .map(column -> translation.blurred(column, ours.cell(column), true))
                    .toList();
            List<Row> relatives = byReferences.getOrDefault(references, List.of());
            if (hasMadeUpKey(ours) && !relatives.isEmpty() && relatives.size() <= MOST_ALIKE) {
                mostAlike(ours, relatives);
            }
        }
    }

    private void mostAlike(Row ours, List<Row> relatives) {
        List<Column> plain = table.plain();
        long most = (plain.size() + 1L) / 2;
        Row found = null;
        for (Row theirs : relatives) {
            long alike = plain.stream()
                    .filter(column -> translation.isSame(column, ours.cell(column), theirs.cell(column)))
                    .count();
            if (alike > most || (alike == most && found == null)) {
                most = alike;
                found = theirs;
            }
        }
        if (found != null) {
            relatives.remove(found);
            pair(ours, found);
        }
    }

    private void pair(Row ours, Row theirs) {
        control.remove(ours);
        candidate.remove(theirs);
        pairs.add(new RowPair(ours, theirs));
    }
}
