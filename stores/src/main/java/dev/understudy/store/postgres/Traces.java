package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.FileTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Looks for texts, byte by byte, in all files of a data directory: rows that were deleted, indexes,
/// statistics and
/// logs included. What is compressed it can't see. Not thread-safe.
final class Traces {
    /// Texts are told apart by so many bytes before they are compared; none may be shorter.
    static final int SHORTEST = 8;

    private static final int LONGEST = 512;
    private final Map<Long, List<byte[]>> byBeginning = new HashMap<>();
    private final Map<Path, Set<String>> found = new TreeMap<>();

    /// @param texts of at least [#SHORTEST] bytes as UTF-8; of longer ones the first 512 are looked for, or some
    ///     fewer, so that the last is a whole character
    Traces(List<String> texts) {
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            byte[] wanted = bytes.length > LONGEST ? java.util.Arrays.copyOf(bytes, wholeCharacters(bytes)) : bytes;
            byBeginning
                    .computeIfAbsent(beginning(wanted), _ -> new ArrayList<>())
                    .add(wanted);
        }
    }

    /// How many bytes are [#LONGEST] at most and end with a character.
    private static int wholeCharacters(byte[] text) {
        int end = LONGEST;
        while ((text[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    /// Which of the texts stand in which files, by their names relative to `directory`.
    Map<Path, Set<String>> in(Path directory) {
        if (!byBeginning.isEmpty()) {
            FileTree.walk(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    look(
                            file,
                            text -> found.computeIfAbsent(directory.relativize(file), _ -> new TreeSet<>())
                                    .add(text));
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return found;
    }

    private void look(Path file, Consumer<String> hit) {
        byte[] window = new byte[1 << 20];
        int held = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int read = in.read(window); read >= 0; read = in.read(window, held, window.length - held)) {
                held += read;
                boolean isFull = held == window.length;
                int end = isFull ? held - LONGEST : held;
                search(window, end, held, hit);
                if (isFull) {
                    System.arraycopy(window, end, window, 0, held - end);
                    held -= end;
                }
            }
        } catch (IOException e) {
            throw new EnvironmentException("cannot read " + file + " to see what is left in it: " + e, e);
        }
    }

    private void search(byte[] window, int end, int held, Consumer<String> hit) {
        long rolling = 0;
        for (int i = 0; i < held && i < end + SHORTEST; i++) {
            rolling = (rolling << 8) | (window[i] & 0xff);
            List<byte[]> candidates = i < SHORTEST - 1 ? null : byBeginning.get(rolling);
            if (candidates != null) {
                int from = i - SHORTEST + 1;
                candidates.stream()
                        .filter(text -> from + text.length <= held && isAt(window, from, text))
                        .forEach(text -> hit.accept(new String(text, StandardCharsets.UTF_8)));
            }
        }
    }

    private static boolean isAt(byte[] window, int from, byte[] text) {
        return java.util.Arrays.equals(window, from, from + text.length, text, 0, text.length);
    }

    private static long beginning(byte[] text) {
        long value = 0;
        for (int i = 0; i < SHORTEST; i++) {
            value = (value << 8) | (text[i] & 0xff);
        }
        return value;
    }
}
