package dev.understudy.store.postgres;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The server programs of one PostgreSQL version. Data written by one major version can only be
/// read by the same. Immutable.
///
/// @param directory holds `postgres` and `initdb`
/// @param version as `postgres --version` prints it, such as `15.13` or `17.5`
/// @param major the part that decides about compatibility, such as 15
public record PostgresPrograms(Path directory, String version, int major) {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");

    /// Where to look, in this order: what the user named, what live runs with, what comes with the
    /// tool, what is installed.
    ///
    /// @param named a directory from the topology (`binaries`); then nothing else is looked at
    /// @param livePid a running server whose programs may be used
    /// @param cache where the archive that comes with the tool is unpacked, once
    /// @param major the major version needed; empty if any will do
    public record Wanted(Optional<Path> named, OptionalLong livePid, Path cache, OptionalInt major) {}

    /// The first programs that fit.
    /// @throws EnvironmentException naming everything that was looked at and why it did not fit
    public static PostgresPrograms find(Wanted wanted) {
        if (wanted.named().isPresent()) {
            PostgresPrograms named = in(wanted.named().get());
            named.requireMajor(wanted.major());
            return named;
        }
        List<String> tried = new ArrayList<>();
        List<Path> places = new ArrayList<>();
        if (wanted.livePid().isPresent()) {
            ofProcess(wanted.livePid().getAsLong()).ifPresent(places::add);
        }
        return firstFitting(places, wanted.major(), tried)
                .or(() -> embeddedFitting(wanted, tried))
                .or(() -> firstFitting(installed(), wanted.major(), tried))
                .orElseThrow(() -> new EnvironmentException("no PostgreSQL server programs"
                        + (wanted.major().isPresent()
                                ? " of version " + wanted.major().getAsInt()
                                : "")
                        + "; looked at: " + (tried.isEmpty() ? "nothing" : String.join("; ", tried))
                        + ". Maybe name a directory with `binaries`."));
    }

    /// The programs in `directory`.
    /// @throws EnvironmentException if `postgres` isn't there or doesn't start
    public static PostgresPrograms in(Path directory) {
        Path postgres = directory.resolve("postgres");
        if (!Files.isExecutable(postgres)) {
            throw new EnvironmentException("no program 'postgres' in " + directory);
        }
        String printed = Program.require(List.of(postgres.toString(), "--version"), Duration.ofSeconds(20));
        Matcher matcher = VERSION.matcher(printed);
        if (!matcher.find()) {
            throw new EnvironmentException(postgres + " --version printed '" + printed + "', which is no version");
        }
        return new PostgresPrograms(directory, matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    /// The programs that come with the tool, unpacked below `cache` when used for the first time;
    /// empty if none come for this processor.
    public static Optional<PostgresPrograms> embedded(Path cache) {
        return PostgresArchive.forThisMachine().map(archive -> in(archive.unpackedIn(cache)));
    }

    /// The server itself.
    public Path postgres() {
        return directory.resolve("postgres");
    }

    /// What makes an empty data directory.
    /// @throws EnvironmentException if it isn't there
    public Path initdb() {
        Path initdb = directory.resolve("initdb");
        if (!Files.isExecutable(initdb)) {
            throw new EnvironmentException("no program 'initdb' in " + directory);
        }
        return initdb;
    }

    /// Checks that these programs can read the data in `data`.
    /// @throws EnvironmentException if it is of another major version, or no data directory at all
    public void requireReads(Path data) {
        int written = majorOf(data);
        if (written != major) {
            throw new EnvironmentException("the data in " + data + " is of PostgreSQL " + written + ", the programs in "
                    + directory + " are " + version);
        }
    }

    /// The major version that wrote the data directory, from its `PG_VERSION`.
    public static int majorOf(Path data) {
        try {
            return Integer.parseInt(Files.readString(data.resolve("PG_VERSION")).strip());
        } catch (IOException | NumberFormatException e) {
            throw new EnvironmentException(data + " is no PostgreSQL data directory: " + e, e);
        }
    }

    private void requireMajor(OptionalInt wanted) {
        if (wanted.isPresent() && wanted.getAsInt() != major) {
            throw new EnvironmentException(
                    "the programs in " + directory + " are PostgreSQL " + version + ", needed is " + wanted.getAsInt());
        }
    }

    private static Optional<PostgresPrograms> embeddedFitting(Wanted wanted, List<String> tried) {
        int comesWith = PostgresArchive.MAJOR;
        if (wanted.major().isPresent() && wanted.major().getAsInt() != comesWith) {
            tried.add("what comes with the tool (it is " + comesWith + ")");
            return Optional.empty();
        }
        try {
            return embedded(wanted.cache());
        } catch (EnvironmentException e) {
            tried.add("what comes with the tool (" + e.getMessage() + ")");
            return Optional.empty();
        }
    }

    private static Optional<PostgresPrograms> firstFitting(List<Path> places, OptionalInt major, List<String> tried) {
        for (Path place : places) {
            try {
                PostgresPrograms found = in(place);
                if (major.isEmpty() || major.getAsInt() == found.major()) {
                    return Optional.of(found);
                }
                tried.add(place + " (it is " + found.version() + ")");
            } catch (EnvironmentException e) {
                tried.add(place + " (" + e.getMessage() + ")");
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> ofProcess(long pid) {
        try {
            Path program = Path.of("/proc", Long.toString(pid), "exe").toRealPath();
            return Optional.ofNullable(program.getParent());
        } catch (IOException notOurs) {
            return Optional.empty();
        }
    }

    private static List<Path> installed() {
        List<Path> places = new ArrayList<>();
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (var versions = Files.list(debian)) {
                versions.map(version -> version.resolve("bin"))
                        .sorted(java.util.Comparator.reverseOrder())
                        .forEach(places::add);
            } catch (IOException unreadable) {
                // then the path is what is left
            }
        }
        for (String entry : System.getenv().getOrDefault("PATH", "").split(":")) {
            Path postgres = Path.of(entry.isEmpty() ? "." : entry, "postgres");
            if (Files.isExecutable(postgres)) {
                places.add(postgres.toAbsolutePath().getParent());
            }
        }
        return places;
    }
}
