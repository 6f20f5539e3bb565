package dev.understudy.cli;

import dev.understudy.cli.Finding.State;
import dev.understudy.runtime.Capability;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.RealTimeline;
import dev.understudy.runtime.process.ProcessRuntime;
import dev.understudy.store.postgres.PostgresPrograms;
import dev.understudy.store.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What this machine can do, whatever is to be rehearsed. Probes, starts nothing that stays.
final class Machine {
    /// Without one of the first nothing runs; the rest only build walls and lower weights.
    private static final List<String> ALWAYS = List.of("sh", "cp", "setsid", "tar");

    private static final List<String> FOR_WALLS = List.of("unshare", "nsenter", "setpriv", "mount", "nice", "ionice");

    private Machine() {}

    /// Everything, in the order in which one would put it right; elsewhere than on Linux nothing can be put right.
    static List<Finding> findings() {
        return isLinux()
                ? List.of(system(), java(), programs(), namespaces(), postgres(), pressure())
                : List.of(system(), java());
    }

    private static Finding system() {
        String name = System.getProperty("os.name") + " " + System.getProperty("os.version");
        return isLinux()
                ? Finding.ok("system", name + ", " + System.getProperty("os.arch"))
                : new Finding(
                        "system",
                        State.MISSING,
                        name,
                        "live is found and arms are shut in through Linux's /proc and namespaces, so 'rehearse' and"
                                + " 'demo' can't run; init, validate, plan, report, optimize, explain and schema can",
                        "rehearse on Linux, or in a virtual machine with it");
    }

    static boolean isLinux() {
        return Files.isDirectory(Path.of("/proc/self/ns"));
    }

    private static Finding java() {
        return Finding.ok("java", System.getProperty("java.version") + " in " + System.getProperty("java.home"));
    }

    private static Finding programs() {
        List<String> missing = missing(ALWAYS);
        if (!missing.isEmpty()) {
            return new Finding(
                    "programs",
                    State.MISSING,
                    "no " + String.join(", ", missing),
                    "services are started and data is copied with them",
                    "install coreutils and util-linux");
        }
        List<String> walls = missing(FOR_WALLS);
        return walls.isEmpty()
                ? Finding.ok("programs", "util-linux and coreutils")
                : new Finding(
                        "programs",
                        State.LIMITED,
                        "no " + String.join(", ", walls),
                        "arms can't be shut in without them",
                        "install util-linux");
    }

    private static List<String> missing(List<String> programs) {
        return programs.stream().filter(program -> !isOnPath(program)).toList();
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry.isEmpty() ? "." : entry, program)));
    }

    private static Finding namespaces() {
        Optional<String> whyNot;
        try (ProcessRuntime runtime = Runtimes.process(Path.of(""), new RealTimeline())) {
            whyNot = runtime.capabilities().contains(Capability.ENFORCED_ISOLATION)
                    ? Optional.empty()
                    : Optional.of(runtime.whyNot(Capability.ENFORCED_ISOLATION).orElse("no reason given"));
        }
        if (whyNot.isEmpty()) {
            return Finding.ok("namespaces", "this user may make them: arms are shut in");
        }
        if (makesOwnNamespaces()) {
            return Finding.ok("namespaces", "in a user namespace, which the launcher makes: arms are shut in");
        }
        return new Finding(
                "namespaces",
                State.LIMITED,
                whyNot.get().lines().findFirst().orElse(""),
                "arms can't be shut in, so a rehearsal is refused unless the scenario accepts arms that are only watched",
                "run as root, allow user namespaces (kernel.unprivileged_userns_clone=1), or write"
                        + " 'shadow: {isolation: watched}'");
    }

    private static boolean makesOwnNamespaces() {
        try {
            Process probe = new ProcessBuilder("unshare", "--user", "--map-root-user", "--net", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Finding postgres() {
        try {
            PostgresPrograms found = PostgresPrograms.find(new PostgresPrograms.Wanted(
                    Optional.empty(), OptionalLong.empty(), Home.state().resolve("programs"), OptionalInt.empty()));
            Optional<String> whyNot = PostgresServer.whyNotHere();
            if (whyNot.isPresent()) {
                return new Finding(
                        "postgresql",
                        State.LIMITED,
                        found.version() + ", but " + whyNot.get(),
                        "databases of a shadow can't be started, and the demonstration has one",
                        "allow user namespaces (user.max_user_namespaces), leave the chroot, or run as an ordinary user");
            }
            return Finding.ok(
                    "postgresql",
                    found.version() + " in " + found.directory() + "; live's own version is used if it runs");
        } catch (EnvironmentException e) {
            return new Finding(
                    "postgresql",
                    State.LIMITED,
                    String.valueOf(e.getMessage()),
                    "databases of a shadow need the server's programs",
                    "install postgresql, or name them with 'binaries' in the topology");
        }
    }

    private static Finding pressure() {
        return Files.isReadable(Path.of("/proc/pressure/io"))
                ? Finding.ok("pressure", "/proc/pressure: a run stops when live's host stalls")
                : new Finding(
                        "pressure",
                        State.LIMITED,
                        "no /proc/pressure",
                        "a run beside live can't see that it makes live's host stall; it still sees live's answers",
                        "boot with psi=1");
    }
}
