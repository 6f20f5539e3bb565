package dev.understudy.cli;

import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.DataSource;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Traffic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a bundle is whole, still good, and of the system that the files describe. Everything that is
/// wrong is said
/// at once, before anything is touched.
final class BundleCheck {
    private final Scenario scenario;
    private final Bundle bundle;
    private final List<Problem> problems = new ArrayList<>();

    private BundleCheck(Scenario scenario, Bundle bundle) {
        this.scenario = scenario;
        this.bundle = bundle;
    }

    /// What is wrong with the bundle of a scenario; nothing if it has none.
    static List<Problem> problems(Scenario scenario, Instant now) {
        Optional<Bundle> bundle = scenario.live().bundle();
        return bundle.map(taken -> new BundleCheck(scenario, taken).check(now)).orElse(List.of());
    }

    private List<Problem> check(Instant now) {
        if (!now.isBefore(bundle.expires())) {
            wrong("the bundle '" + bundle.directory() + "' expired at " + bundle.expires()
                    + "; take another with 'understudy capture'");
        }
        sameTerms();
        wholeFiles();
        scenario.shadowServices().filter(this::isSnapshot).forEach(this::held);
        bundle.artefacts().forEach(this::same);
        sameTopology();
        return List.copyOf(problems);
    }

    /// What would be hidden or masked now, and was not then, is in the bundle as it was in live; what was
    /// hidden then
    /// and would not be now, nobody gets back. Either way it is not what the scenario says.
    private void sameTerms() {
        boolean isPlayed = scenario.traffic().from() instanceof Traffic.Source.Capture(String file)
                && bundle.traffic()
                        .filter(recording -> SourceTree.sibling(scenario.place().file(), file)
                                .equals(bundle.path(recording.file())))
                        .isPresent();
        if (isPlayed && !Bundle.redaction(scenario.traffic()).equals(bundle.redaction())) {
            wrong("the traffic of the bundle '" + bundle.directory()
                    + "' was taken with another 'redact' or 'by'; take it again, or write what was written then");
        }
        if (!Bundle.mask(scenario.shadow()).equals(bundle.mask())) {
            wrong("the data of the bundle '" + bundle.directory()
                    + "' was taken with another 'mask'; take it again, or write what was written then");
        }
    }

    private void wholeFiles() {
        bundle.files().forEach((file, digest) -> whole(bundle.path(file), digest));
        bundle.data().values().forEach(holding -> holding.at().ifPresent(at -> whole(at, holding.digest())));
    }

    private void whole(String file, String digest) {
        Optional<String> found = Artefacts.digest(Path.of(file));
        if (found.isEmpty()) {
            wrong("the file '" + file + "' of the bundle is missing or can't be read");
        } else if (!found.get().equals(digest)) {
            wrong("the file '" + file + "' of the bundle was changed: its digest is not what " + Bundle.FILE + " says");
        }
    }

    private boolean isSnapshot(Service service) {
        return scenario.shadow().data().get(service.name()) instanceof DataSource.Snapshot;
    }

    private void held(Service service) {
        if (bundle.packed(service.name()).isEmpty()) {
            wrong("the bundle '" + bundle.directory() + "' holds no data of '" + service.name() + "'");
        }
    }

    private void same(Bundle.Artefact artefact) {
        Path file = Path.of(scenario.topology().directory()).resolve(artefact.file());
        Optional<String> found = Artefacts.digest(file);
        String what = "'" + file + "', which '" + artefact.service() + "' runs in live,";
        if (found.isEmpty()) {
            wrong(what + " is missing here");
        } else if (!found.get().equals(artefact.digest())) {
            wrong(what + " is not what it was when the bundle was taken");
        }
    }

    private void sameTopology() {
        String name = bundle.path(bundle.topology().file());
        TopologyFacts.read(name, false)
                .ifPresentOrElse(
                        then -> TopologyFacts.read(scenario.topology().place().file(), true)
                                .ifPresent(now -> then.differences(now)
                                        .forEach(difference -> problems.add(Problem.at(
                                                scenario.topology().place(),
                                                difference + " is not what it was when the bundle was taken")))),
                        () -> wrong("the file '" + name + "' of the bundle is no topology"));
    }

    private void wrong(String message) {
        problems.add(Problem.at(bundle.place(), message));
    }
}
