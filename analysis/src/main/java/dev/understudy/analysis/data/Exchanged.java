package dev.understudy.analysis.data;

/// A history made searchable: what was learnt from it, and which writes name what in which arm.
record Exchanged(Translation translation, Touches inControl, Touches inCandidate, Words words) {

    static Exchanged of(WriteHistory history) {
        Words words = new Words();
        return new Exchanged(
                new Translation(Correspondence.learn(history, words)),
                new Touches(history, words, PairedExchange::control),
                new Touches(history, words, PairedExchange::candidate),
                words);
    }

    /// Whether a write made or changed the rows of a pair.
    boolean isWritten(AlignedTable table, RowPair pair) {
        return pair.isComplete()
                && (NoisyColumns.isNew(table, pair)
                        || !inControl.of(table, pair.any()).isEmpty());
    }
}
