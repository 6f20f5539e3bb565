package dev.understudy.analysis.data;

import dev.understudy.runtime.DataImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// How the data of one service differs between arms that do the same, learnt while both run the same
/// version: columns that (nearly) always differ, how many rows differ anyway, and which rows both had.
/// Holds raw values; stays in memory. Immutable.
public final class Noise {
    private static final int ENOUGH = 3;

    private final Map<String, Memory> byTable;

    private Noise(Map<String, Memory> byTable) {
        this.byTable = Map.copyOf(byTable);
    }

    /// Nothing known: no column is noise, no difference is.
    public static Noise none() {
        return new Noise(Map.of());
    }

    /// Learns from the data of both arms at the end of the A/A phase, while no exchange is under way, and
    /// all exchanges up to then.
    public static Noise learn(DataImage control, DataImage candidate, WriteHistory history) {
        Exchanged exchanged = Exchanged.of(history);
        Map<String, Memory> byTable = new HashMap<>();
        for (AlignedTable table : Tables.of(control, candidate, List.of())) {
            byTable.put(table.name(), learn(table, exchanged));
        }
        return new Noise(byTable);
    }

    private static Memory learn(AlignedTable plain, Exchanged exchanged) {
        Translation translation = exchanged.translation();
        List<RowPair> written = Pairing.of(plain, translation, _ -> false).stream()
                .filter(pair -> exchanged.isWritten(plain, pair))
                .toList();
        Set<String> noisy = new TreeSet<>(NoisyColumns.of(plain, written, translation, _ -> true, ENOUGH));
        noisy.addAll(NoisyColumns.of(plain, written, translation, Looks::isOpaque, 1));
        AlignedTable table = plain.withNoise(noisy);
        Map<List<String>, Map<String, String>> rows = new HashMap<>();
        long level = 0;
        for (RowPair pair : Pairing.of(table, translation, _ -> false)) {
            if (!pair.isComplete() || !pair.differences(table, translation).isEmpty()) {
                level++;
            }
            if (pair.isComplete() && !NoisyColumns.isNew(table, pair)) {
                Row ours = Objects.requireNonNull(pair.control());
                rows.put(Pairing.key(table, ours), Memory.cells(table, ours));
            }
        }
        return new Memory(rows, level, noisy, written.size() >= ENOUGH);
    }

    /// The same without the rows that both arms had: for arms that began anew.
    public Noise withoutRows() {
        Map<String, Memory> columns = new HashMap<>();
        byTable.forEach((table, memory) -> columns.put(table, memory.withoutRows()));
        return new Noise(columns);
    }

    /// The columns of a table that are noise.
    public Set<String> columns(String table) {
        return of(table).noisy();
    }

    /// How many rows of a table differed although nothing had been changed.
    public long level(String table) {
        return of(table).level();
    }

    Memory of(String table) {
        return byTable.getOrDefault(table, Memory.NOTHING);
    }
}
