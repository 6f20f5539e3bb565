package dev.understudy.cli;

import dev.understudy.cli.Finding.State;
import dev.understudy.runtime.process.Listeners;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.Isolation;
import dev.understudy.scenario.Topology;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// What a topology or a scenario finds here: who is on live's ports, and whether memory and disk suffice.
final class Neighbourhood {
    private final Listeners listeners = Listeners.now();

    /// Whoever listens where services and mirror of a topology are declared.
    List<Finding> ports(Topology topology) {
        List<Finding> findings = new ArrayList<>();
        for (Service service : topology.services().values()) {
            service.at().forEach(at -> findings.add(port(service.name(), at)));
        }
        topology.mirror().ifPresent(mirror -> {
            findings.add(port("the mirror", mirror.at()));
            findings.add(port("the mirror's feed", mirror.feed()));
        });
        return findings;
    }

    private Finding port(String who, Endpoint at) {
        String what = "port " + at.port();
        Optional<ProcessHandle> owner = listeners.on(at.port());
        if (owner.isPresent()) {
            return Finding.ok(what, who + ": taken by " + named(owner.get()));
        }
        if (Listeners.isFree(at.host(), at.port())) {
            return Finding.ok(what, who + ": free; 'live: {start: true}' would start it there");
        }
        return new Finding(
                what,
                State.LIMITED,
                who + ": taken, by whom this user may not see",
                "live has to be processes that the tool may look at",
                "run as the user that live runs as, or as root");
    }

    private static String named(ProcessHandle process) {
        String program =
                process.info().command().map(path -> path.replaceAll(".*/", "")).orElse("a process");
        return program + ", pid " + process.pid()
                + process.info().user().map(user -> ", of " + user).orElse("");
    }

    /// Memory and disk that are free, against what the arms of a scenario will take.
    List<Finding> room(Optional<Scenario> scenario) {
        Optional<Footprint> needed = scenario.map(of -> Footprint.of(of, listeners));
        return List.of(
                enough("memory", memory(), needed, Footprint::memoryOfAll, "end what isn't needed, or omit services"),
                enough(
                        "disk",
                        disk(),
                        needed,
                        Footprint::diskOfAll,
                        "free some, or name another place with UNDERSTUDY_STATE"));
    }

    /// Whether the scenario can be had here with the isolation it wants.
    static Optional<Finding> isolation(Scenario scenario, List<Finding> machine) {
        boolean isWanted = scenario.shadow().isolation() == Isolation.ENFORCED;
        return machine.stream()
                .filter(finding -> isWanted && finding.what().equals("namespaces") && finding.state() != State.OK)
                .findFirst()
                .map(finding -> new Finding(
                        "isolation",
                        State.MISSING,
                        "the scenario wants arms that are shut in",
                        finding.found(),
                        finding.remedy()));
    }

    /// Too little by a guess is only a warning.
    private static Finding enough(
            String what,
            OptionalLong free,
            Optional<Footprint> footprint,
            ToLongFunction<Footprint> part,
            String remedy) {
        if (free.isEmpty()) {
            return new Finding(what, State.LIMITED, "unknown", "two arms run beside live", "look yourself");
        }
        long needed = footprint.map(part::applyAsLong).orElse(0L);
        boolean isGuess = footprint.filter(print -> !print.assumed().isEmpty()).isPresent();
        String found = Footprint.size(free.getAsLong()) + " free"
                + (footprint.isEmpty()
                        ? ""
                        : ", about " + Footprint.size(needed) + " needed"
                                + (isGuess ? " (partly assumed: not all of live runs or may be seen)" : ""));
        return needed <= free.getAsLong()
                ? Finding.ok(what, found)
                : new Finding(
                        what,
                        isGuess ? State.LIMITED : State.MISSING,
                        found,
                        "two arms run beside live and must not push it aside",
                        remedy);
    }

    /// What the kernel thinks can be used without swapping (proc(5), meminfo).
    private static OptionalLong memory() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        } catch (IOException notLinux) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong disk() {
        Path place = Home.state();
        while (place != null && !Files.exists(place)) {
            place = place.getParent();
        }
        try {
            FileStore store = Files.getFileStore(place == null ? Path.of("/") : place);
            return OptionalLong.of(store.getUsableSpace());
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }
}
