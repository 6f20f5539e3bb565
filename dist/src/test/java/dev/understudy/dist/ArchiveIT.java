package dev.understudy.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive on a machine that has neither Java nor Maven: where they are is hidden from it.
final class ArchiveIT {
    private static final long MOST_BYTES = 80L << 20;

    /// $1 an unpacked archive, $2 a home, $3… directories to hide, up to `--`, then a command of the tool.
    private static final String WITHOUT_JAVA = """
            set -eu
            tool=$1 home=$2; shift 2
            while [ "$1" != -- ]; do if [ -d "$1" ]; then mount -t tmpfs none "$1"; fi; shift; done
            shift
            if java -version >/dev/null 2>&1 || mvn --version >/dev/null 2>&1; then exit 99; fi
            cd "$home"
            exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$home" LANG=C.UTF-8 "$tool/understudy" "$@"
            """;

    @TempDir
    Path directory;

    private Path archive = Path.of("");

    @BeforeEach
    void findsTheArchive() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            archive = built.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    @Test
    void isAtMostEightyMegabytes() throws IOException {
        assertThat(Files.size(archive)).isBetween(10L << 20, MOST_BYTES);
    }

    @Test
    void runsTheDemonstrationWhereThereIsNeitherJavaNorMaven() throws IOException, InterruptedException {
        assumeTrue("root".equals(System.getProperty("user.name")), "hiding directories needs root");
        Path tool = unpacked();

        assertThat(without(tool, "help", "--help")).as(read("help")).isZero();
        assertThat(without(tool, "doctor", "doctor")).as(read("doctor")).isZero();
        assertThat(without(tool, "demo", "demo")).as(read("demo")).isZero();

        assertThat(read("doctor")).contains(tool.resolve("runtime").toString());
        assertThat(read("demo")).contains("report: rehearsals/latest/report.html");
        assertThat(directory.resolve("home/rehearsals/latest/report.html")).isNotEmptyFile();
        assertThat(without(tool, "clean", "clean")).isZero();
        assertThat(read("clean")).isEqualTo("nothing is left\n");
    }

    private Path unpacked() throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("home"));
        Process tar = new ProcessBuilder("tar", "xzf", archive.toString(), "-C", directory.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(file -> Files.isExecutable(file.resolve("understudy")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private int without(Path tool, String output, String... words) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home")).toRealPath().getParent();
        Path home = directory.resolve("home");
        List<String> hidden = Stream.of(java.toString(), "/usr/lib/jvm", "/opt/java", "/usr/share/maven")
                .distinct()
                .toList();
        List<String> command = Stream.of(
                        Stream.of(
                                "unshare", "--mount", "sh", "-c", WITHOUT_JAVA, "sh", tool.toString(), home.toString()),
                        hidden.stream(),
                        Stream.of("--"),
                        Stream.of(words))
                .flatMap(part -> part)
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(output).toFile())
                .start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(read(output)).isTrue();
        return process.exitValue();
    }

    private String read(String output) throws IOException {
        return Files.readString(directory.resolve(output));
    }
}
