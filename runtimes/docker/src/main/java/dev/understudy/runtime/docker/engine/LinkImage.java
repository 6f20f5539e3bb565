package dev.understudy.runtime.docker.engine;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.Digest;
import java.io.IOException;
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

/// The image that link containers are made from: the tool's own Java, what that needs of the C library, and the
/// tool's own classes. No registry is asked for anything. It is made once, and found again by the digest of
/// what is in it.
///
/// ```
/// /opt/java         the runtime            /lib…, /usr/lib…   loader and C library
/// /app/lib/NN-….jar the class path         /etc               users, name lookups
/// ```
/// Immutable; thread-safe.
public final class LinkImage {
    /// What an image of ours is recognised by; the value is `links`.
    public static final String LABEL = "dev.understudy.image";

    /// Names an image with Java 25 to use instead of this host's Java.
    public static final String BASE_PROPERTY = "understudy.docker.java-image";

    private static final String HELP =
            "-D" + BASE_PROPERTY + "=IMAGE names an image with Java 25 that the engine can run";
    private static final String REPOSITORY = "understudy-links";
    private static final String JARS = "/app/lib";
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private final PackedClasses classes;
    private final LinkContent content;
    private final Path cache;
    private final String tag;

    private LinkImage(PackedClasses classes, LinkContent content, Path cache) {
        this.classes = classes;
        this.content = content;
        this.cache = cache;
        String digest = Digest.of(content.listing().getBytes(StandardCharsets.UTF_8));
        this.tag = REPOSITORY + ":" + digest.substring(7, 19);
    }

    /// On the image that the property names, if it names one; else with the Java that runs this tool.
    /// @param modules of Java that the classes need
    /// @param classPath jars, and directories of classes
    /// @param cache a directory of this user's that outlives the run
    /// @throws EnvironmentException on hosts that aren't Linux, or if something can't be read
    public static LinkImage of(List<String> modules, List<Path> classPath, Path cache) {
        PackedClasses classes = PackedClasses.of(classPath);
        String base = System.getProperty(BASE_PROPERTY, "");
        return base.isBlank() ? own(modules, classes, cache) : on(base, classes, cache);
    }

    static LinkImage on(String base, PackedClasses classes, Path cache) {
        return new LinkImage(classes, new LinkLayer(base, classes, JARS), cache);
    }

    private static LinkImage own(List<String> modules, PackedClasses classes, Path cache) {
        String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            throw new EnvironmentException("link containers run on the Java that runs this tool, and that is one of "
                    + system + ", not of Linux; " + HELP);
        }
        return locked(
                cache, () -> new LinkImage(classes, LinkRoot.of(JavaRuntime.of(modules, cache), classes, JARS), cache));
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
            if (content.isOfThisHost()) {
                requireSameProcessors(images.version());
            }
            progress.accept("making the image of link containers, " + tag);
            return content.make(images, tag, LABEL + "=links");
        });
    }

    /// The command of a container: Java with flags for a quick start and little memory, then the main class.
    public List<String> command(String mainClass, int megabytes, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                content.java(),
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
