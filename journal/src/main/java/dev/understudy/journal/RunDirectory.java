package dev.understudy.journal;

import java.nio.file.Path;

/// Where one run is kept: `rehearsals/<run-id>/`.
public record RunDirectory(Path path) {
    /// Decisions, intents, effects, verdicts: one JSON object a line.
    public static final String JOURNAL = "journal.jsonl";

    /// What became of every mirrored exchange.
    public static final String EXCHANGES = "exchanges.bin";

    /// Seconds of links and processes.
    public static final String SAMPLES = "samples.hlog";

    /// The run's id: the name of the directory.
    public String id() {
        return String.valueOf(path.getFileName());
    }

    /// A file of the run by name.
    public Path file(String name) {
        return path.resolve(name);
    }
}
