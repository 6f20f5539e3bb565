package dev.understudy.store;

import dev.understudy.runtime.DataImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// Lists a directory that comes as a tar, as [DirectoryListing] lists one that is at hand: the first part of each name
/// is
/// the directory's own and is left out. Stateless.
public final class TarListing {
    private static final int MOST_FILES = 1_000_000;

    /// Everything in it, as the data of `service`.
    /// @throws IOException if it ends too early or is no tar
    public DataImage list(InputStream tar, String service) throws IOException {
        List<String> structure = new ArrayList<>();
        List<String> incomplete = new ArrayList<>();
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (TarArchiveInputStream entries = new TarArchiveInputStream(tar)) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                String name = inside(entry.getName());
                if (name.isEmpty()) {
                    continue;
                }
                if (rows.size() >= MOST_FILES) {
                    incomplete.add("only the first " + MOST_FILES + " files are listed");
                    break;
                }
                if (entry.isDirectory()) {
                    structure.add("directory " + name);
                } else if (entry.isSymbolicLink()) {
                    structure.add("link " + name + " -> " + entry.getLinkName());
                } else if (entry.isLink()) {
                    structure.add("link " + name + " = " + inside(entry.getLinkName()));
                } else if (entry.isFile()) {
                    rows.add(List.of(name, content(entries, entry.getSize())));
                } else {
                    incomplete.add(name + ": a socket, a pipe or a device has no content");
                }
            }
        }
        structure.sort(null);
        rows.sort(Comparator.comparing(row -> String.valueOf(row.getFirst())));
        DataImage.Table files = new DataImage.Table(
                "files", List.of("path", "content"), List.of(0), List.of("", ""), List.copyOf(rows));
        return new DataImage(service, List.copyOf(structure), List.of(files), List.copyOf(incomplete));
    }

    private static String inside(String name) {
        String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        int slash = plain.indexOf('/');
        return slash < 0 ? "" : plain.substring(slash + 1);
    }

    private static String content(InputStream entry, long size) throws IOException {
        if (size > Digest.SHOWN_BYTES) {
            return Digest.of(entry);
        }
        byte[] bytes = entry.readAllBytes();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            return Digest.of(bytes);
        }
    }
}
