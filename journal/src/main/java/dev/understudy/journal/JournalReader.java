package dev.understudy.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads the record of a run back. What a crash tore off the end of a file is tolerated; damage anywhere else,
/// and any change of a file after it was sealed, is a [JournalException] that names file and place.
public final class JournalReader {
    private JournalReader() {}

    /// The record in that directory. Files beside `journal.jsonl` may be missing if the run was never closed.
    public static Journal read(Path runDirectory) {
        Path journal = runDirectory.resolve(RunDirectory.JOURNAL);
        List<Entry> entries = entries(
                journal.toString(),
                bytes(journal)
                        .orElseThrow(() -> new JournalException(
                                runDirectory + " holds no record: " + RunDirectory.JOURNAL + " is missing")));
        Optional<Event.FilesSealed> sealed = entries.stream()
                .map(Entry::event)
                .filter(Event.FilesSealed.class::isInstance)
                .map(Event.FilesSealed.class::cast)
                .findFirst();
        sealed.ifPresent(seal -> seal.sha256().forEach((name, sha256) -> verify(runDirectory, name, sha256)));
        Path exchanges = runDirectory.resolve(RunDirectory.EXCHANGES);
        Path samples = runDirectory.resolve(RunDirectory.SAMPLES);
        SampleLog.Samples read =
                SampleLog.decode(samples.toString(), bytes(samples).orElseGet(() -> new byte[0]));
        return new Journal(
                entries,
                ExchangeFrames.decode(exchanges.toString(), bytes(exchanges).orElseGet(() -> new byte[0])),
                read.links(),
                read.resources(),
                read.bytes());
    }

    /// The entries of a `journal.jsonl`. The first must say which schema it is.
    static List<Entry> entries(String name, byte[] bytes) {
        List<Entry> entries = new ArrayList<>();
        int line = 0;
        for (int start = 0; start < bytes.length; ) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            line++;
            try {
                entries.add(EventCodec.decode(Arrays.copyOfRange(bytes, start, end)));
            } catch (EventCodec.Malformed e) {
                if (end == bytes.length) {
                    break;
                }
                throw new JournalException(name + ": line " + line + ": " + e.getMessage(), e);
            }
            start = end + 1;
        }
        if (!entries.isEmpty() && !(entries.getFirst().event() instanceof Event.RunStarted)) {
            throw new JournalException(name + ": line 1: a record begins with RunStarted, not with "
                    + entries.getFirst().event().getClass().getSimpleName());
        }
        return entries;
    }

    private static void verify(Path directory, String name, String sha256) {
        Path file = directory.resolve(name).normalize();
        if (!file.startsWith(directory.normalize())) {
            throw new JournalException("the record names '" + name + "', which is outside of " + directory);
        }
        try {
            String actual = SealableFile.sha256Of(file);
            if (!actual.equals(sha256)) {
                throw new JournalException(
                        file + " was changed after the run: its SHA-256 is " + actual + ", sealed was " + sha256);
            }
        } catch (IOException e) {
            throw new JournalException("can't read " + file + ": " + e, e);
        }
    }

    private static Optional<byte[]> bytes(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new JournalException("can't read " + file + ": " + e, e);
        }
    }
}
