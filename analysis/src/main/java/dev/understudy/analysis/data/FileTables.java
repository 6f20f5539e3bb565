package dev.understudy.analysis.data;

import dev.understudy.runtime.DataImage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes tables of what stands in the files of a directory, so that they are compared like any rows: a JSON
/// object is a row with its leaves as columns; a list of objects, an object of objects, and lines of JSON
/// are a row each; any other text is a row a line. Files whose names differ only in words with digits are
/// one table, named by what they have in common (`orders/{}.json`). A leaf `id` (or `key`, `uuid`, …) that
/// is there in every record, once each, is the key.
final class FileTables {
    private static final Pattern SERIAL =
            Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[A-Za-z0-9]+");

    private FileTables() {}

    /// The tables of both arms.
    record Both(List<DataImage.Table> control, List<DataImage.Table> candidate) {}

    /// The tables of two images; those of a directory are made from its files.
    static Both explode(DataImage control, DataImage candidate) {
        if (!isDirectory(control)) {
            return new Both(control.tables(), candidate.tables());
        }
        Map<String, List<FileRecord>> ours = records(control);
        Map<String, List<FileRecord>> theirs = records(candidate);
        List<DataImage.Table> inControl = new ArrayList<>();
        List<DataImage.Table> inCandidate = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        for (String name : names) {
            List<FileRecord> here = ours.getOrDefault(name, List.of());
            List<FileRecord> there = theirs.getOrDefault(name, List.of());
            FileRecord.Shape shape = FileRecord.Shape.of(here, there);
            inControl.add(shape.table(name, here));
            inCandidate.add(shape.table(name, there));
        }
        return new Both(inControl, inCandidate);
    }

    private static boolean isDirectory(DataImage image) {
        return image.tables().size() == 1
                && image.tables().getFirst().name().equals("files")
                && image.tables().getFirst().columns().equals(List.of("path", "content"));
    }

    private static Map<String, List<FileRecord>> records(DataImage image) {
        Map<String, List<FileRecord>> records = new TreeMap<>();
        for (DataImage.Table table : image.tables()) {
            for (List<@Nullable String> file : table.rows()) {
                // the service's name in front, so that a number at the top says what it is a number of
                String path = image.service() + "/" + file.get(0);
                String content = java.util.Objects.requireNonNullElse(file.get(1), "");
                records.computeIfAbsent(pattern(path), _ -> new ArrayList<>()).addAll(FileRecord.of(path, content));
            }
        }
        return records;
    }

    /// A path with every word that has a digit in it replaced by `{}`.
    static String pattern(String path) {
        return SERIAL.matcher(path)
                .replaceAll(found -> found.group().chars().anyMatch(Character::isDigit) ? "{}" : found.group());
    }

    /// Whether a path (with the service's name in front) is meant by a glob: `*` within a name, `**`
    /// across, `?`.
    static boolean isMatch(String glob, String path) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else {
                regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
            }
        }
        return path.substring(path.indexOf('/') + 1).matches(regex.toString());
    }
}
