package dev.understudy.analysis.data;

import dev.understudy.runtime.DataImage;
import dev.understudy.scenario.Scenario.ExpectedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Compares the data of the arms after a rollback, row by row, and says for each difference which exchange
/// is behind it. Rows are paired as [Pairing] says, attributed as [Attribution] says; what both arms
/// acknowledged has to be equal. The arms must be at rest: an exchange under way is a difference.
/// Immutable, but not thread-safe.
public final class DataComparison {
    private static final int ENOUGH = 3;
    private static final int MOST_EXAMPLES = 20;

    private final Exchanged exchanged;
    private final List<ExpectedDifference> expected;
    private final String salt;

    /// @param history everything the arms got in this trial
    /// @param salt of the run, for the hashes of keys
    public DataComparison(WriteHistory history, List<ExpectedDifference> expected, String salt) {
        exchanged = Exchanged.of(history);
        this.expected = List.copyOf(expected);
        this.salt = salt;
    }

    /// Compares once; for several services of a trial keep one comparison.
    public static DataFindings compare(
            DataImage control,
            DataImage candidate,
            Noise noise,
            WriteHistory history,
            List<ExpectedDifference> expected,
            String salt) {
        return new DataComparison(history, expected, salt).compare(control, candidate, noise);
    }

    /// Compares the data of one service. @param noise as learnt from the same service
    public DataFindings compare(DataImage control, DataImage candidate, Noise noise) {
        List<ExpectedDifference> declared = expected.stream()
                .filter(each -> each.service().equals(control.service()))
                .toList();
        Tally tally = new Tally();
        List<String> notChecked = new ArrayList<>();
        control.incomplete().forEach(why -> notChecked.add("control: " + why));
        candidate.incomplete().forEach(why -> notChecked.add("candidate: " + why));
        for (AlignedTable table : Tables.of(control, candidate, declared)) {
            compare(table, noise.of(table.name()), tally, notChecked);
        }
        List<String> structure = StructureDifferences.of(control.structure(), candidate.structure(), declared);
        return tally.findings(control.service(), structure, notChecked, MOST_EXAMPLES);
    }

    private void compare(AlignedTable plain, Memory memory, Tally tally, List<String> notChecked) {
        Translation translation = exchanged.translation();
        AlignedTable table = plain.withNoise(noisy(plain, memory, notChecked));
        List<RowPair> pairs = Pairing.of(table, translation, memory::hadInBoth);
        tally.begin(memory.level());
        Attribution attribution = new Attribution(table, pairs, exchanged, memory);
        for (RowPair pair : pairs) {
            List<Column> differences = pair.isComplete() ? pair.differences(table, translation) : List.of();
            if (pair.isComplete() && differences.isEmpty()) {
                tally.same();
            } else {
                tally.add(attribution.of(pair, differences), example(table, pair, differences));
            }
        }
        tally.end();
    }

    /// The noisy columns: those learnt before the change; in a table that was not written then, those that
    /// look random now, which is said.
    private Set<String> noisy(AlignedTable plain, Memory memory, List<String> notChecked) {
        if (memory.seen()) {
            return memory.noisy();
        }
        AlignedTable table = plain.withNoise(memory.noisy());
        Set<String> random = random(table, Pairing.of(table, exchanged.translation(), memory::hadInBoth));
        random.forEach(column -> notChecked.add(table.name() + "." + column
                + ": differs in every row and looks random, and too few rows were written before the change to tell"));
        return Stream.concat(memory.noisy().stream(), random.stream()).collect(Collectors.toSet());
    }

    private Set<String> random(AlignedTable table, List<RowPair> pairs) {
        List<RowPair> written =
                pairs.stream().filter(pair -> exchanged.isWritten(table, pair)).toList();
        return NoisyColumns.of(table, written, exchanged.translation(), Looks::isOpaque, ENOUGH);
    }

    private String example(AlignedTable table, RowPair pair, List<Column> differences) {
        Row row = pair.any();
        List<Column> named = table.keys().isEmpty() ? table.columns() : table.keys();
        String key = String.join("\u0000", named.stream().map(row::text).toList());
        String where = pair.candidate() == null
                ? "absent"
                : pair.control() == null
                        ? "only in the candidate"
                        : "differs in "
                                + String.join(
                                        ", ",
                                        differences.stream().map(Column::name).toList());
        return table.name() + " #" + KeyHash.of(salt, key) + " " + where;
    }
}
