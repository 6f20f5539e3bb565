package dev.understudy.scenario.reading;

import dev.understudy.scenario.Problem;
import dev.understudy.scenario.SourceTree;
import java.util.List;
import java.util.stream.Stream;

/// One row of the table of bad files: the sound scenario or topology with one edit, and the one problem it
/// has.
///
/// @param topology whether the topology is edited, not the scenario
/// @param level `structure` (the schema sees it too), `meaning` (the second pass) or `lexical` (no YAML of
/// ours)
record BadFile(boolean topology, String level, String find, String replacement, String problem) {
    private static final String SEPARATOR = " ;; ";

    static Stream<BadFile> all() {
        return Fixtures.resource("bad-files.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(BadFile::parse);
    }

    private static BadFile parse(String line) {
        String[] parts = line.split(SEPARATOR, -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not EDIT ;; FIND ;; REPLACEMENT ;; PROBLEM: " + line);
        }
        return new BadFile(
                parts[0].startsWith("T"), parts[0].substring(2), unescaped(parts[1]), unescaped(parts[2]), parts[3]);
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t");
    }

    /// The text of the edited file.
    String text() {
        String sound = topology ? Fixtures.topology() : Fixtures.scenario();
        int at = sound.indexOf(find);
        if (at < 0) {
            throw new IllegalArgumentException("the fixture does not hold: " + find);
        }
        return sound.substring(0, at) + replacement + sound.substring(at + find.length());
    }

    private SourceTree tree() {
        return topology ? Fixtures.tree(Fixtures.scenario(), text()) : Fixtures.tree(text(), Fixtures.topology());
    }

    List<Problem> problems() {
        return Fixtures.reader().scenario(tree(), Fixtures.SCENARIO).problems();
    }

    /// The problems on one line, as the table has them.
    String problemsFound() {
        return String.join(
                " && ",
                problems().stream()
                        .map(problem ->
                                problem.toString().replace("\n  ", " | ").replace('\n', ' '))
                        .toList());
    }

    @Override
    public String toString() {
        return (find + " => " + replacement).replace("\n", "\\n");
    }
}
