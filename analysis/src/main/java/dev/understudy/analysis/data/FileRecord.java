package dev.understudy.analysis.data;

import dev.understudy.runtime.DataImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One record found in a file: the path, and its leaves by pointer.
///
/// @param entry the name of the record in an object of objects; empty elsewhere
/// @param alone whether the file holds nothing else
record FileRecord(String path, String entry, boolean alone, Map<String, String> leaves) {
    private static final String ENTRY = "#id";
    private static final String LINE = "#line";

    /// The records of one file.
    static List<FileRecord> of(String path, String content) {
        Optional<JsonNode> whole = JsonLeaves.parse(content);
        if (whole.isPresent()) {
            return ofJson(path, whole.get());
        }
        List<String> lines = content.lines().filter(line -> !line.isBlank()).toList();
        List<FileRecord> records = new ArrayList<>();
        for (String line : lines) {
            records.add(JsonLeaves.parse(line)
                    .map(node -> new FileRecord(path, "", false, leaves(node)))
                    .orElseGet(() -> new FileRecord(path, "", false, Map.of(LINE, line))));
        }
        if (records.isEmpty()) {
            records.add(new FileRecord(path, "", true, Map.of()));
        }
        return records;
    }

    private static List<FileRecord> ofJson(String path, JsonNode whole) {
        boolean isCollection = !whole.isEmpty()
                && Stream.concat(
                                whole.values().stream(),
                                whole.properties().stream().map(Map.Entry::getValue))
                        .allMatch(JsonNode::isObject);
        if (!isCollection) {
            return List.of(new FileRecord(path, "", true, leaves(whole)));
        }
        if (whole.isArray()) {
            return whole.values().stream()
                    .map(each -> new FileRecord(path, "", false, leaves(each)))
                    .toList();
        }
        return whole.properties().stream()
                .map(each -> new FileRecord(path, each.getKey(), false, leaves(each.getValue())))
                .toList();
    }

    private static Map<String, String> leaves(JsonNode node) {
        Map<String, String> leaves = new TreeMap<>();
        JsonLeaves.of(node).forEach(leaf -> leaves.put(leaf.pointer(), leaf.value()));
        return leaves;
    }

    /// The columns and the key that the records of a table have in both arms.
    record Shape(List<String> columns, List<Integer> key) {

        static Shape of(List<FileRecord> control, List<FileRecord> candidate) {
            Set<String> leaves = new TreeSet<>();
            Stream.concat(control.stream(), candidate.stream())
                    .forEach(each -> leaves.addAll(each.leaves().keySet()));
            boolean areEntries = Stream.concat(control.stream(), candidate.stream())
                    .anyMatch(each -> !each.entry().isEmpty());
            List<String> columns = new ArrayList<>(List.of(Column.PATH));
            if (areEntries) {
                columns.add(ENTRY);
            }
            columns.addAll(leaves);
            return new Shape(List.copyOf(columns), key(columns, control, candidate));
        }

        private static List<Integer> key(List<String> columns, List<FileRecord> control, List<FileRecord> candidate) {
            Stream<List<String>> choices = Stream.concat(
                    Stream.of(List.of(Column.PATH), List.of(Column.PATH, ENTRY)),
                    columns.stream()
                            .filter(column -> column.lastIndexOf('/') == 0 && Naming.isGeneric(column.substring(1)))
                            .map(column -> List.of(Column.PATH, column)));
            return choices.filter(columns::containsAll)
                    .filter(choice -> isKey(choice, control) && isKey(choice, candidate))
                    .findFirst()
                    .map(choice -> IntStream.range(0, columns.size())
                            .filter(i -> choice.contains(columns.get(i)))
                            .boxed()
                            .toList())
                    .orElse(List.of());
        }

        // one record in a file of lines may be the first of many: only a file that is one record is known
        // by its path
        private static boolean isKey(List<String> choice, List<FileRecord> records) {
            Set<List<String>> seen = new HashSet<>();
            return records.stream().allMatch(each -> {
                boolean isWhole = choice.size() > 1 || each.alone();
                List<String> key = choice.stream()
                        .map(column -> java.util.Objects.requireNonNullElse(each.cell(column), ""))
                        .toList();
                return isWhole && !key.contains("") && seen.add(key);
            });
        }

        DataImage.Table table(String name, List<FileRecord> records) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            for (FileRecord each : records) {
                List<@Nullable String> row = new ArrayList<>();
                columns.forEach(column -> row.add(each.cell(column)));
                rows.add(row);
            }
            List<String> references = columns.stream().map(_ -> "").toList();
            return new DataImage.Table(name, columns, key, references, rows);
        }
    }

    private @Nullable String cell(String column) {
        return switch (column) {
            case Column.PATH -> path;
            case ENTRY -> entry;
            default -> leaves.get(column);
        };
    }
}
