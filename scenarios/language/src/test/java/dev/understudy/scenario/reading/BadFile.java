package dev.understudy.scenario.reading;

import dev.understudy.scenario.Problem;
import java.util.List;
import java.util.stream.Stream;

/// One row of the table of bad files: the sound scenario or topology with one edit, and the one problem it
/// has.
///
/// @param edited what is edited: the scenario, its topology, the scenario with monitoring, or its alert rules
/// @param level `structure` (the schema sees it too), `meaning` (the second pass), `lexical` (no YAML of
/// ours) or `rules` (a file that has no schema of ours)
record BadFile(char edited, String level, String find, String replacement, String problem) {
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
                parts[0].charAt(0), parts[0].substring(2), unescaped(parts[1]), unescaped(parts[2]), parts[3]);
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t");
    }

    /// Whether it is a topology, not a scenario.
    boolean topology() {
        return edited == 'T';
    }

    /// The text of the edited file.
    String text() {
        String sound = Fixtures.resource(
                switch (edited) {
                    case 'T' -> "shop.yaml";
                    case 'M' -> "monitored.yaml";
                    case 'R' -> "rules.yaml";
                    default -> "orders.yaml";
                });
        int at = sound.indexOf(find);
        if (at < 0) {
            throw new IllegalArgumentException("the fixture does not hold: " + find);
        }
        return sound.substring(0, at) + replacement + sound.substring(at + find.length());
    }

    private String file() {
        return switch (edited) {
            case 'T' -> Fixtures.TOPOLOGY;
            case 'M' -> Fixtures.MONITORED;
            case 'R' -> Fixtures.RULES;
            default -> Fixtures.SCENARIO;
        };
    }

    List<Problem> problems() {
        boolean monitored = edited == 'M' || edited == 'R';
        return Fixtures.reader()
                .scenario(Fixtures.with(file(), text()), monitored ? Fixtures.MONITORED : Fixtures.SCENARIO)
                .problems();
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
