package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a Java runtime needs of its host's C library: the loader, the libraries that this very Java has mapped
/// (`/proc/self/maps`, proc(5)), those by which the C library looks up names, which it loads only then, and
/// what it knows of UTF-8.
///
/// @param files each at its own place
/// @param links symbolic links by their place, to what they lead to
record NativeLibraries(SortedSet<Path> files, SortedMap<Path, Path> links) {
    private static final Path LOCALE = Path.of("/usr/lib/locale/C.utf8");
    private static final Pattern KNOWN = Pattern.compile(
            "(ld-(linux|musl).*|lib(c|m|dl|pthread|rt|z|gcc_s|stdc\\+\\+|c\\.musl.*))\\.so(\\.[0-9.]+)?");
    private static final List<String> LOADED_LATE = List.of(
            "libm.so.6",
            "libdl.so.2",
            "libpthread.so.0",
            "librt.so.1",
            "libresolv.so.2",
            "libnss_files.so.2",
            "libnss_dns.so.2");

    /// @param java the program whose loader is needed too
    /// @throws EnvironmentException if they can't be found
    static NativeLibraries of(Path java) {
        NativeLibraries found = new NativeLibraries(new TreeSet<>(), new TreeMap<>());
        try {
            SortedSet<Path> mapped = mapped();
            Path libc = mapped.stream()
                    .filter(file ->
                            file.getFileName().toString().matches("libc\\.so\\.6|ld-musl.*|libc\\.musl.*|libc-.*"))
                    .findFirst()
                    .orElseThrow(() -> new EnvironmentException(
                            "no C library among what this Java has mapped (/proc/self/maps): " + mapped));
            for (Path file : mapped) {
                found.add(file);
            }
            for (String name : LOADED_LATE) {
                Path file = libc.resolveSibling(name);
                if (Files.exists(file)) {
                    found.add(file);
                }
            }
            found.addLoader(ElfInterpreter.of(java));
            found.addMerged();
            found.addLocale();
            return found;
        } catch (IOException e) {
            throw new EnvironmentException("cannot tell what '" + java + "' needs of this host: " + e.getMessage(), e);
        }
    }

    private static SortedSet<Path> mapped() throws IOException {
        SortedSet<Path> mapped = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            int slash = line.indexOf('/');
            if (slash > 0) {
                Path file = Path.of(line.substring(slash));
                if (KNOWN.matcher(file.getFileName().toString()).matches() && Files.exists(file)) {
                    mapped.add(file);
                }
            }
        }
        return mapped;
    }

    /// A library with the names that lead to it in its own directory.
    private void add(Path file) throws IOException {
        Path real = file.toRealPath();
        files.add(real);
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.indexOf(".so"));
        try (Stream<Path> beside = Files.list(file.getParent())) {
            for (Path link : beside.filter(Files::isSymbolicLink)
                    .filter(each -> each.getFileName().toString().startsWith(stem + ".so"))
                    .toList()) {
                if (Files.exists(link) && link.toRealPath().equals(real)) {
                    links.put(place(link), real);
                }
            }
        }
    }

    private void addLoader(Path loader) throws IOException {
        Path real = loader.toRealPath();
        files.add(real);
        Path place = place(loader);
        if (!place.equals(real)) {
            links.put(place, real);
        }
    }

    /// With the directories that lead to it resolved, but not itself.
    private static Path place(Path link) throws IOException {
        return link.resolveSibling("").toRealPath().resolve(link.getFileName());
    }

    /// Without it names of files and what is printed are limited to ASCII. A C library that has it built in has
    /// no files.
    private void addLocale() throws IOException {
        if (Files.isDirectory(LOCALE)) {
            try (Stream<Path> all = Files.walk(LOCALE)) {
                files.addAll(all.filter(Files::isRegularFile).toList());
            }
        }
    }

    /// Where `/lib` is a link to `/usr/lib`, what is looked for in either is found.
    private void addMerged() throws IOException {
        for (Path top : List.of(Path.of("/lib"), Path.of("/lib64"))) {
            if (Files.isSymbolicLink(top)) {
                links.put(top, top.toRealPath());
            }
        }
    }
}
