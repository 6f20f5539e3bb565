package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A class path as jars in one directory, in its order. Directories of classes become jars too, the same bytes
/// for the same classes. Immutable.
///
/// @param jars by their names in that directory
record PackedClasses(List<Jar> jars) {
    /// A jar that is there, or the bytes of one that was made.
    record Jar(String name, byte[] content) {}

    /// @throws EnvironmentException naming an entry that can't be read
    static PackedClasses of(List<Path> classPath) {
        List<Jar> jars = new ArrayList<>();
        for (Path entry : classPath) {
            String number = String.format(java.util.Locale.ROOT, "%02d-", jars.size());
            try {
                jars.add(
                        Files.isDirectory(entry)
                                ? new Jar(number + "classes.jar", packed(entry))
                                : new Jar(number + entry.getFileName(), Files.readAllBytes(entry)));
            } catch (IOException e) {
                throw new EnvironmentException("cannot read '" + entry + "' of the class path: " + e.getMessage(), e);
            }
        }
        return new PackedClasses(List.copyOf(jars));
    }

    /// For `-cp`.
    String path(String directory) {
        return String.join(
                ":", jars.stream().map(jar -> directory + "/" + jar.name()).toList());
    }

    private static byte[] packed(Path directory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(directory.relativize(file).toString());
                entry.setLastModifiedTime(FileTime.fromMillis(0));
                zip.putNextEntry(entry);
                zip.write(Files.readAllBytes(file));
            }
        }
        return bytes.toByteArray();
    }
}
