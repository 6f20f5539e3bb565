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
import java.nio.file.StandardCopyOption;
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

    private final Path place;
    private final Path partial;
    private final Optional<Path> elsewhere;
    private final Path note;
    private boolean complete;

    private BundleDirectory(Path place, Path partial, Optional<Path> elsewhere, Path note) {
        this.place = place;
        this.partial = partial;
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
        Path partial = UnfinishedBundles.partial(place);
        Optional<Path> elsewhere = data.map(
                directory -> directory.toAbsolutePath().normalize().resolve(String.valueOf(place.getFileName())));
        elsewhere.filter(Files::exists).ifPresent(there -> {
            if (!force) {
                throw new ScenarioException(List.of(
                        Problem.at(new Place(there.toString(), 1, 1), "there is data already; --force replaces it")));
            }
        });
        ProcessId self = ProcessId.of(ProcessHandle.current().pid()).orElseThrow();
        Path note = unfinished.begin(self, place);
        FileTree.delete(partial);
        try {
            Files.createDirectories(partial.resolve("traffic"));
        } catch (IOException e) {
            throw failed(place, e);
        }
        return new BundleDirectory(place, partial, elsewhere, note);
    }

    /// Where packed data is to be written.
    Path packed() {
        return partial.resolve(DATA);
    }

    /// Writes the rest and puts the bundle into its place.
    Bundle complete(Scenario scenario, Capture.Taken taken, MirrorTerms terms, Instant now, Duration expires) {
        try {
            String topology = scenario.topology().place().file();
            Files.writeString(partial.resolve(TOPOLOGY), Masking.masked(topology, Files.readString(Path.of(topology))));
            boolean hasTraffic = !(scenario.traffic().from() instanceof Traffic.Source.Synthetic);
            if (hasTraffic) {
                Sample.write(partial.resolve(TRAFFIC), terms, taken.sample());
            }
            Map<String, Bundle.Holding> data = holdings(taken.packed());
            Instant second = now.truncatedTo(ChronoUnit.SECONDS);
            Bundle bundle = new Bundle(
                    scenario.place(),
                    place.toString(),
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
            Files.writeString(partial.resolve(Bundle.FILE), BundleText.of(bundle));
            takePlace();
            complete = true;
            return bundle;
        } catch (IOException e) {
            throw failed(place, e);
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
                            elsewhere.map(there -> there.resolve(file).toString()),
                            digest,
                            store.getValue().postgres()));
        }
        if (elsewhere.isPresent()) {
            FileTree.delete(elsewhere.get());
            Files.createDirectories(elsewhere.get());
            for (Runtime.PackedStore store : packed.stores().values()) {
                Files.move(
                        packed().resolve(store.file()),
                        elsewhere.get().resolve(store.file()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return data;
    }

    private Map<String, String> digests() throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(partial)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(partial.relativize(file).toString(), Digest.of(file));
            }
        }
        return digests;
    }

    private void takePlace() throws IOException {
        Path old = UnfinishedBundles.old(place);
        FileTree.delete(old);
        if (Files.exists(place)) {
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
        FileTree.deleteQuietly(old);
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
        FileTree.deleteQuietly(partial);
        if (!complete) {
            elsewhere.ifPresent(FileTree::deleteQuietly);
        }
        UnfinishedBundles.end(note);
    }
}
