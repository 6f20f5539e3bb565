package dev.understudy.store;

import dev.understudy.runtime.DataImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists a directory as the single table `files`: path and content, text up to 64 KiB as it is,
/// anything else as `sha256:…`. Directories and links are lines of the structure. A file that can't
/// be read, or changes its size while it is read, makes the image incomplete. Stateless.
public final class DirectoryListing {
    private static final int MOST_FILES = 1_000_000;

    /// Everything in `directory`, as the data of `service`.
    public DataImage list(Path directory, String service) {
        Visit visit = new Visit(directory);
        FileTree.walk(directory, visit);
        visit.structure.sort(null);
        visit.rows.sort(Comparator.comparing(row -> String.valueOf(row.getFirst())));
        DataImage.Table files = new DataImage.Table(
                "files", List.of("path", "content"), List.of(0), List.of("", ""), List.copyOf(visit.rows));
        return new DataImage(service, List.copyOf(visit.structure), List.of(files), List.copyOf(visit.incomplete));
    }

    private static final class Visit extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<List<@Nullable String>> rows = new ArrayList<>();
        private final List<String> structure = new ArrayList<>();
        private final List<String> incomplete = new ArrayList<>();

        private Visit(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (!directory.equals(root)) {
                structure.add("directory " + name(directory));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (rows.size() >= MOST_FILES) {
                incomplete.add("only the first " + MOST_FILES + " files are listed");
                return FileVisitResult.TERMINATE;
            }
            if (attributes.isSymbolicLink()) {
                structure.add("link " + name(file) + " -> " + Files.readSymbolicLink(file));
            } else if (attributes.isOther()) {
                incomplete.add(name(file) + ": a socket, a pipe or a device has no content");
            } else {
                addFile(file, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            incomplete.add(name(file) + ": " + failure);
            return FileVisitResult.CONTINUE;
        }

        private void addFile(Path file, BasicFileAttributes attributes) {
            try {
                rows.add(List.of(name(file), content(file, attributes.size())));
                if (Files.size(file) != attributes.size()) {
                    incomplete.add(name(file) + ": changed while it was read");
                }
            } catch (IOException e) {
                incomplete.add(name(file) + ": " + e);
            }
        }

        private static String content(Path file, long size) throws IOException {
            if (size > Digest.SHOWN_BYTES) {
                return Digest.of(file);
            }
            byte[] bytes = Files.readAllBytes(file);
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException noText) {
                return Digest.of(bytes);
            }
        }

        private String name(Path file) {
            return root.relativize(file).toString();
        }
    }
}
