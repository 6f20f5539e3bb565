package dev.understudy.runtime.docker.engine;

import dev.understudy.store.Digest;
import dev.understudy.store.FileTree;
import dev.understudy.store.Scratch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The root directory of link containers, with nothing below it: the Java that runs this tool, what that needs
/// of the C library, and the tool's own classes.
///
/// @param listing what is in it, with digests; two that list the same are the same
record LinkRoot(JavaRuntime runtime, NativeLibraries libraries, PackedClasses classes, String jars, String listing)
        implements LinkContent {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "etc/passwd", "root:x:0:0:root:/:/\nnobody:x:65534:65534:nobody:/:/\n",
            "etc/group", "root:x:0:\nnogroup:x:65534:\n",
            "etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"));

    static LinkRoot of(JavaRuntime java, PackedClasses classes, String jars) throws IOException {
        NativeLibraries libraries = NativeLibraries.of(java.home().resolve("bin/java"));
        StringBuilder listing =
                new StringBuilder("layout 1\n").append(java.identity()).append('\n');
        for (Path file : libraries.files()) {
            listing.append(file).append(' ').append(Digest.of(file)).append('\n');
        }
        libraries
                .links()
                .forEach((link, to) ->
                        listing.append(link).append(" -> ").append(to).append('\n'));
        SETTINGS.forEach((name, text) -> listing.append(name).append(' ').append(text));
        for (PackedClasses.Jar jar : classes.jars()) {
            listing.append(jar.name())
                    .append(' ')
                    .append(Digest.of(jar.content()))
                    .append('\n');
        }
        return new LinkRoot(java, libraries, classes, jars, listing.toString());
    }

    @Override
    public String java() {
        return "/opt/java/bin/java";
    }

    @Override
    public boolean isOfThisHost() {
        return true;
    }

    @Override
    public String make(ImageWork images, String tag, String label) throws IOException {
        Path file = Scratch.file("tar");
        try {
            try (BufferedOutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                    TarStream tar = new TarStream(out, TIME)) {
                write(tar);
            }
            try (InputStream in = Files.newInputStream(file)) {
                return images.imported(
                        tag,
                        in,
                        List.of(
                                "LABEL " + label,
                                "ENV PATH=/opt/java/bin",
                                "ENV LANG=C.UTF-8",
                                "CMD [\"" + java() + "\", \"-version\"]"));
            }
        } finally {
            FileTree.deleteQuietly(file);
        }
    }

    private void write(TarStream tar) throws IOException {
        List<Path> files = runtime.files();
        SortedSet<String> directories = new TreeSet<>(List.of("dev", "proc", "sys", "run", "etc"));
        libraries.files().forEach(file -> addParents(directories, name(file)));
        libraries.links().keySet().forEach(link -> addParents(directories, name(link)));
        files.forEach(file -> addParents(directories, placed(file)));
        addParents(directories, jars.substring(1) + "/x");
        for (String directory : directories) {
            tar.directory(directory, 0755);
        }
        tar.directory("tmp", 01777);
        for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
            tar.file(setting.getKey(), setting.getValue().getBytes(StandardCharsets.UTF_8), 0644);
        }
        for (Path file : libraries.files()) {
            tar.file(name(file), file, 0755);
        }
        for (Map.Entry<Path, Path> link : libraries.links().entrySet()) {
            tar.link(name(link.getKey()), link.getValue().toString());
        }
        for (Path file : files) {
            tar.file(placed(file), file, Files.isExecutable(file) ? 0755 : 0644);
        }
        for (PackedClasses.Jar jar : classes.jars()) {
            tar.file(jars.substring(1) + "/" + jar.name(), jar.content(), 0644);
        }
    }

    private String placed(Path file) {
        return "opt/java/" + runtime.home().relativize(file);
    }

    private static String name(Path absolute) {
        return absolute.toString().substring(1);
    }

    private static void addParents(SortedSet<String> directories, String name) {
        for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
            directories.add(name.substring(0, slash));
        }
    }
}
