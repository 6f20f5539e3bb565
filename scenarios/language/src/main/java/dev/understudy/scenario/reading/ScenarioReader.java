package dev.understudy.scenario.reading;

import dev.understudy.promql.alerts.RuleGroup;
import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.KindSignature;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.TrafficMix;
import dev.understudy.scenario.grammar.AlertRulesGrammar;
import dev.understudy.scenario.grammar.Beside;
import dev.understudy.scenario.grammar.BundleGrammar;
import dev.understudy.scenario.grammar.Kinds;
import dev.understudy.scenario.grammar.MixGrammar;
import dev.understudy.scenario.grammar.ScenarioDraft;
import dev.understudy.scenario.grammar.ScenarioGrammar;
import dev.understudy.scenario.grammar.TopLevel;
import dev.understudy.scenario.grammar.TopologyDraft;
import dev.understudy.scenario.grammar.TopologyGrammar;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.YamlFile;
import java.util.List;
import java.util.Optional;

/// Reads scenarios and topologies. Immutable and thread-safe; bad input is a result, never an exception.
///
/// A file is read in two passes that report together: structure (grammar), then references, units and
/// cycles (checks) over all parts that could be read.
public final class ScenarioReader {
    static final String NEITHER = "neither a scenario nor a topology";

    private final Kinds kinds;
    private final boolean checksFiles;

    /// A reader that knows these deviation kinds and checks that the files a scenario names exist.
    public ScenarioReader(List<KindSignature> deviationKinds) {
        this(new Kinds(deviationKinds), true);
    }

    private ScenarioReader(Kinds kinds, boolean checksFiles) {
        this.kinds = kinds;
        this.checksFiles = checksFiles;
    }

    /// The same reader for texts out of a journal: migrations, recordings and the like need not exist.
    public ScenarioReader withoutFiles() {
        return new ScenarioReader(kinds, false);
    }

    /// The scenario in that file, with its topology, whose problems are reported under its own file name.
    public ReadResult<Scenario> scenario(SourceTree tree, String name) {
        Findings findings = new Findings();
        return YamlFile.open(tree, name, findings)
                .map(file -> scenario(tree, name, file, findings))
                .orElseGet(() -> new ReadResult.Refused<>(findings.sorted()));
    }

    /// The topology in that file.
    public ReadResult<Topology> topology(SourceTree tree, String name) {
        Findings findings = new Findings();
        return YamlFile.open(tree, name, findings)
                .map(file -> topology(tree, name, file, findings))
                .orElseGet(() -> new ReadResult.Refused<>(findings.sorted()));
    }

    /// The mix in that file: what made-up users do.
    public ReadResult<TrafficMix> mix(SourceTree tree, String name) {
        Findings findings = new Findings();
        return YamlFile.open(tree, name, findings)
                .map(file -> result(MixGrammar.read(name, file.root(), findings), findings))
                .orElseGet(() -> new ReadResult.Refused<>(findings.sorted()));
    }

    /// Whatever that file of `tree` holds: a [Scenario] or a [Topology], told by its top-level key. What it
    /// names
    /// is looked up in `parts`.
    ReadResult<?> any(SourceTree tree, SourceTree parts, String name) {
        Findings findings = new Findings();
        Optional<YamlFile> file = YamlFile.open(tree, name, findings);
        if (file.isEmpty()) {
            return new ReadResult.Refused<>(findings.sorted());
        }
        Optional<TopLevel.Kind> kind = TopLevel.kind(file.get().root());
        if (kind.isEmpty()) {
            findings.add(file.get().root().place(), NEITHER, "Begin with 'scenario: NAME' or 'topology: NAME'.");
            return new ReadResult.Refused<>(findings.sorted());
        }
        return kind.get() == TopLevel.Kind.SCENARIO
                ? scenario(parts, name, file.get(), findings)
                : topology(parts, name, file.get(), findings);
    }

    private ReadResult<Scenario> scenario(SourceTree tree, String name, YamlFile file, Findings findings) {
        ScenarioDraft draft = ScenarioGrammar.read(
                name,
                file,
                findings,
                kinds,
                new Beside(
                        (topology, place) -> topologyOf(tree, SourceTree.sibling(name, topology), place, findings),
                        (bundle, place) -> bundleOf(tree, SourceTree.sibling(name, bundle), place, findings),
                        (rules, place) -> rulesOf(tree, SourceTree.sibling(name, rules), place, findings)));
        new ScenarioChecks(draft, findings).check();
        Lookup.inScenario(draft, findings, files(tree)).check(draft.mentions());
        return result(draft.scenario(), findings);
    }

    private ReadResult<Topology> topology(SourceTree tree, String name, YamlFile file, Findings findings) {
        TopologyDraft draft = checkedTopology(tree, name, file, findings);
        return result(draft.topology(), findings);
    }

    private TopologyDraft topologyOf(SourceTree tree, String name, Place place, Findings findings) {
        if (tree.open(name) instanceof SourceTree.Found.Unreadable(String why)) {
            findings.add(place, "the topology '" + name + "' can't be read: " + why);
            return TopologyDraft.unknown(name);
        }
        return YamlFile.open(tree, name, findings)
                .map(file -> checkedTopology(tree, name, file, findings))
                .orElseGet(() -> TopologyDraft.unknown(name));
    }

    /// The groups of a file of alert rules; none for a reader without files.
    private List<RuleGroup> rulesOf(SourceTree tree, String name, Place place, Findings findings) {
        if (!checksFiles) {
            return List.of();
        }
        if (tree.open(name) instanceof SourceTree.Found.Unreadable(String why)) {
            findings.add(place, "the rule file '" + name + "' can't be read: " + why);
            return List.of();
        }
        return YamlFile.open(tree, name, findings)
                .map(file -> AlertRulesGrammar.read(name, file, findings))
                .orElse(List.of());
    }

    private static Optional<Bundle> bundleOf(SourceTree tree, String directory, Place place, Findings findings) {
        String name = directory.isEmpty() ? Bundle.FILE : directory + "/" + Bundle.FILE;
        if (tree.open(name) instanceof SourceTree.Found.Unreadable(String why)) {
            findings.add(place, "there is no bundle in '" + directory + "': " + Bundle.FILE + ": " + why);
            return Optional.empty();
        }
        return YamlFile.open(tree, name, findings)
                .map(file -> BundleGrammar.read(name, directory, place, file.root(), findings));
    }

    private TopologyDraft checkedTopology(SourceTree tree, String name, YamlFile file, Findings findings) {
        TopologyDraft draft = TopologyGrammar.read(name, file.root(), findings);
        TopologyChecks.check(draft, findings);
        Lookup.inTopology(draft, findings, files(tree)).check(draft.mentions());
        return draft;
    }

    private Optional<SourceTree> files(SourceTree tree) {
        return checksFiles ? Optional.of(tree) : Optional.empty();
    }

    private static <T> ReadResult<T> result(T value, Findings findings) {
        return findings.count() == 0 ? new ReadResult.Read<>(value) : new ReadResult.Refused<>(findings.sorted());
    }
}
