package dev.understudy.cli;

import dev.understudy.engine.Capture;
import dev.understudy.mirror.MirrorTerms;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Runtime;
import dev.understudy.runtime.process.ProcessId;
import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.Traffic;
import dev.understudy.scenario.reading.Masking;
import dev.understudy.scenario.writing.BundleText;
import dev.understudy.store.Digest;
import dev.understudy.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A bundle while it is written: beside its place, which it takes by a rename when it is whole. Closed before that,
/// nothing of it stays. Not thread-safe.
final class BundleDirectory implements AutoCloseable {
    private static final String TOPOLOGY = "topology.yaml";
    private static final String TRAFFIC = "traffic/sample.jsonl";
    private static final String DATA = "data";

    private final Taking itself;
    private final Optional<Taking> elsewhere;
    private final Path note;
    private boolean complete;

    private BundleDirectory(Taking itself, Optional<Taking> elsewhere, Path note) {
        this.itself = itself;
        this.elsewhere = elsewhere;
        this.note = note;
    }

    /// Begins one. @throws ScenarioException if something is there that may not be replaced
    static BundleDirectory begin(Path to, Optional<Path> data, boolean force) {
        UnfinishedBundles unfinished = UnfinishedBundles.ofThisUser();
        unfinished.makeGood();
        Path place = to.toAbsolutePath().normalize();
        boolean isBundle = Files.isRegularFile(place.resolve(Bundle.FILE));
        if (Files.exists(place) && !(force && isBundle)) {
            throw new ScenarioException(List.of(Problem.at(
                    new Place(to.toString(), 1, 1),
                    isBundle ? "there is a bundle already; --force replaces it" : "exists, and is no bundle")));
        }
        Optional<Path> apart = data.map(
                directory -> directory.toAbsolutePath().normalize().resolve(String.valueOf(place.getFileName())));
        apart.filter(Files::exists).ifPresent(there -> requireReplaceable(there, force));
        ProcessId self = ProcessId.of(ProcessHandle.current().pid()).orElseThrow();
        Taking itself = Taking.of(place);
        Optional<Taking> elsewhere = apart.map(Taking::of);
        BundleDirectory begun =
                new BundleDirectory(itself, elsewhere, unfinished.begin(self, takings(itself, elsewhere)));
        begun.begin();
        return begun;
    }

    private static List<Taking> takings(Taking itself, Optional<Taking> elsewhere) {
        return Stream.concat(elsewhere.stream(), Stream.of(itself)).toList();
    }

    private List<Taking> takings() {
        return takings(itself, elsewhere);
    }

    private static void requireReplaceable(Path data, boolean force) {
        Place place = new Place(data.toString(), 1, 1);
        if (!force) {
            throw new ScenarioException(List.of(Problem.at(place, "there is data already; --force replaces it")));
        }
        try (Stream<Path> inside = Files.list(data)) {
            if (!inside.allMatch(BundleDirectory::isPacked)) {
                throw new ScenarioException(
                        List.of(Problem.at(place, "holds something else than packed data: it is not replaced")));
            }
        } catch (IOException e) {
            throw failed(data, e);
        }
    }

    private static boolean isPacked(Path file) {
        return Files.isRegularFile(file) && file.toString().endsWith(".tar.gz");
    }

    private void begin() {
        try {
            for (Taking taking : takings()) {
                taking.begin();
            }
            Files.createDirectories(itself.partial().resolve("traffic"));
        } catch (IOException e) {
            takings().forEach(taking -> FileTree.deleteQuietly(taking.partial()));
            UnfinishedBundles.end(note);
            throw failed(itself.place(), e);
        }
    }

    /// Where packed data is to be written.
    Path packed() {
        return elsewhere.map(Taking::partial).orElse(itself.partial().resolve(DATA));
    }

    /// Writes the rest and puts the bundle into its place.
    Bundle complete(Scenario scenario, Capture.Taken taken, MirrorTerms terms, Instant now, Duration expires) {
        try {
            String topology = scenario.topology().place().file();
            Files.writeString(
                    itself.partial().resolve(TOPOLOGY), Masking.masked(topology, Files.readString(Path.of(topology))));
            boolean hasTraffic = !(scenario.traffic().from() instanceof Traffic.Source.Synthetic);
            if (hasTraffic) {
                Sample.write(itself.partial().resolve(TRAFFIC), terms, taken.sample());
            }
            Map<String, Bundle.Holding> data = holdings(taken.packed());
            Instant second = now.truncatedTo(ChronoUnit.SECONDS);
            Bundle bundle = new Bundle(
                    scenario.place(),
                    itself.place().toString(),
                    Version.TEXT,
                    scenario.name(),
                    second,
                    second.plus(expires),
                    new Bundle.Origin(TOPOLOGY, scenario.live().topologyFile()),
                    Bundle.redaction(scenario.traffic()),
                    Bundle.mask(scenario.shadow()),
                    hasTraffic
                            ? Optional.of(
                                    new Bundle.Recording(TRAFFIC, taken.sample().size()))
                            : Optional.empty(),
                    data,
                    Artefacts.of(scenario),
                    digests());
            Files.writeString(itself.partial().resolve(Bundle.FILE), BundleText.of(bundle));
            takePlace();
            complete = true;
            return bundle;
        } catch (IOException e) {
            throw failed(itself.place(), e);
        }
    }

    private Map<String, Bundle.Holding> holdings(Runtime.Packed packed) throws IOException {
        Map<String, Bundle.Holding> data = new TreeMap<>();
        for (Map.Entry<String, Runtime.PackedStore> store : packed.stores().entrySet()) {
            String file = store.getValue().file();
            String digest = Digest.of(packed().resolve(file));
            data.put(
                    store.getKey(),
                    new Bundle.Holding(
                            elsewhere.isPresent() ? Optional.empty() : Optional.of(DATA + "/" + file),
                            elsewhere.map(there -> there.place().resolve(file).toString()),
                            digest,
                            store.getValue().postgres()));
        }
        return data;
    }

    private Map<String, String> digests() throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(itself.partial())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(itself.partial().relativize(file).toString(), Digest.of(file));
            }
        }
        return digests;
    }

    private void takePlace() throws IOException {
        for (Taking taking : takings()) {
            taking.take();
        }
    }

    private static EnvironmentException failed(Path place, IOException e) {
        return new EnvironmentException("can't write the bundle '" + place + "': " + e.getMessage(), e);
    }

    /// How much a directory holds, in bytes.
    static long size(Path directory) {
        return FileTree.size(directory).bytes();
    }

    @Override
    public void close() {
        try {
            if (complete) {
                takings().forEach(Taking::settle);
            } else {
                UnfinishedBundles.undo(takings());
            }
            UnfinishedBundles.end(note);
        } catch (IOException e) {
            throw failed(itself.place(), e);
        }
    }
}
