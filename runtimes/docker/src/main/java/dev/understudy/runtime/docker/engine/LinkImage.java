package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.Digest;
import dev.understudy.store.FileTree;
import dev.understudy.store.Scratch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// The image that link containers are made from: the tool's own Java, what that needs of the C library, and the tool's
/// own classes. No registry is asked for anything. It is made once, and found again by the digest of what is in it.
///
/// ```
/// /opt/java         the runtime            /lib…, /usr/lib…   loader and C library
/// /app/lib/NN-….jar the class path         /etc               users, name lookups
/// ```
/// Immutable; thread-safe.
public final class LinkImage {
    /// What an image of ours is recognised by; the value is `links`.
    public static final String LABEL = "dev.understudy.image";

    private static final String REPOSITORY = "understudy-links";
    private static final String JARS = "/app/lib";
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private final PackedClasses classes;
    private final LinkRoot root;
    private final Path cache;
    private final String tag;

    private LinkImage(PackedClasses classes, LinkRoot root, Path cache, String tag) {
        this.classes = classes;
        this.root = root;
        this.cache = cache;
        this.tag = tag;
    }

    /// @param modules of Java that the classes need
    /// @param classPath jars, and directories of classes
    /// @param cache a directory of this user's that outlives the run
    /// @throws EnvironmentException on hosts that aren't Linux, or if something can't be read
    public static LinkImage of(List<String> modules, List<Path> classPath, Path cache) {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new EnvironmentException(
                    "link containers are made from the Java that runs this tool, which is one of '"
                            + System.getProperty("os.name")
                            + "'; on a Linux host, or in a Linux container, it is one of Linux");
        }
        PackedClasses classes = PackedClasses.of(classPath);
        return locked(cache, () -> {
            LinkRoot root = LinkRoot.of(JavaRuntime.of(modules, cache), classes, JARS);
            String digest = Digest.of(root.listing().getBytes(StandardCharsets.UTF_8));
            return new LinkImage(classes, root, cache, REPOSITORY + ":" + digest.substring(7, 19));
        });
    }

    public String tag() {
        return tag;
    }

    /// Makes it unless the engine has it.
    /// @param progress is told if it has to be made
    /// @return the image's id
    /// @throws EnvironmentException if the engine runs on other processors than this host, or refuses it
    public String ensure(EngineWork work, Consumer<String> progress) {
        return locked(cache, () -> {
            ImageWork images = work.images();
            String there = images.labelled(tag, LABEL, "links");
            if (!there.isEmpty()) {
                return there;
            }
            requireSameProcessors(images.version());
            progress.accept("making the image of link containers, " + tag);
            return imported(images);
        });
    }

    /// The command of a container: Java with flags for a quick start and little memory, then the main class.
    public List<String> command(String mainClass, int megabytes, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "/opt/java/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx" + megabytes + "m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes.path(JARS),
                mainClass));
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /// Removes those that other versions of the tool made, unless a container uses them.
    /// @return what was removed
    public static List<String> removeOthers(EngineWork work, String kept) {
        return work.images().removeLabelled(LABEL + "=links", REPOSITORY + ":", kept);
    }

    private String imported(ImageWork images) throws IOException {
        Path tar = Scratch.file("tar");
        try {
            try (BufferedOutputStream out = new BufferedOutputStream(Files.newOutputStream(tar), 1 << 16);
                    TarStream packed = new TarStream(out, LinkRoot.TIME)) {
                root.write(packed);
            }
            try (InputStream in = Files.newInputStream(tar)) {
                return images.imported(
                        tag,
                        in,
                        List.of(
                                "LABEL " + LABEL + "=links",
                                "ENV PATH=/opt/java/bin",
                                "ENV LANG=C.UTF-8",
                                "CMD [\"/opt/java/bin/java\", \"-version\"]"));
            }
        } finally {
            FileTree.deleteQuietly(tar);
        }
    }

    private static void requireSameProcessors(JsonNode version) {
        String theirs = version.path("Arch").asString("");
        Map<String, String> known = Map.of("amd64", "amd64", "aarch64", "arm64");
        String ours = System.getProperty("os.arch");
        String os = version.path("Os").asString("linux");
        if (!theirs.equals(known.getOrDefault(ours, ours)) || !os.equals("linux")) {
            throw new EnvironmentException(
                    "the engine runs " + os + " on " + theirs
                            + ", and the Java that runs this tool is of linux on " + ours
                            + ": link containers, which are made from it, can't run there; run the tool on a host like the engine's");
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    /// Two runs don't make it at the same time, whether of one process or of two.
    private static <T> T locked(Path cache, Work<T> work) {
        ONE_AT_A_TIME.lock();
        try {
            Files.createDirectories(cache);
            try (FileChannel file = FileChannel.open(
                            cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("its lock was lost");
                }
                return work.run();
            }
        } catch (IOException e) {
            throw new EnvironmentException("the image of link containers, in " + cache + ": " + e.getMessage(), e);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }
}
