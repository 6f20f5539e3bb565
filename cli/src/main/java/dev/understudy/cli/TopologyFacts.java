package dev.understudy.cli;

import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.reading.Masking;
import dev.understudy.scenario.reading.ReadResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// What a topology says of live itself, without secrets: not of versions that don't run there, which a
/// change may add.
///
/// @param facts by what they are about, for people
record TopologyFacts(Map<String, String> facts) {

    /// Those of a file; empty if it is no topology.
    ///
    /// @param masked whether it still has to be masked
    static Optional<TopologyFacts> read(String file, boolean masked) {
        if (!(Language.files().open(file) instanceof SourceTree.Found.Content(byte[] bytes))) {
            return Optional.empty();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            String shown = masked ? Masking.masked(file, text) : text;
            return Language.reader().withoutFiles().topology(SourceTree.of(Map.of(file, shown)), file)
                            instanceof ReadResult.Read<Topology>(Topology topology)
                    ? Optional.of(of(topology))
                    : Optional.empty();
        } catch (ScenarioException noYaml) {
            return Optional.empty();
        }
    }

    private static TopologyFacts of(Topology topology) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("'topology'", topology.name());
        facts.put("'entry'", topology.entry());
        topology.services().values().forEach(service -> put(facts, service));
        return new TopologyFacts(facts);
    }

    private static void put(Map<String, String> facts, Service service) {
        String of = " of '" + service.name() + "'";
        facts.put("'kind'" + of, service.kind() + " " + service.protocol());
        facts.put("'at'" + of, service.at().toString());
        facts.put("'version'" + of, service.version());
        facts.put("'environment'" + of, new TreeMap<>(service.environment()).toString());
        service.data().ifPresent(data -> facts.put("'data'" + of, data.directory() + " " + data.variable()));
        service.database()
                .ifPresent(database -> facts.put("the database" + of, database.name() + " " + database.user()));
        Service.Version version = service.versions().get(service.version());
        if (version != null) {
            facts.put(
                    "the command of version '" + service.version() + "'" + of,
                    version.command() + " " + new TreeMap<>(version.environment()) + " " + version.directory());
        }
    }

    /// What differs.
    List<String> differences(TopologyFacts other) {
        List<String> all = new ArrayList<>();
        Map<String, String> both = new TreeMap<>(facts);
        both.putAll(other.facts);
        both.keySet().stream()
                .filter(fact -> !Objects.equals(facts.get(fact), other.facts.get(fact)))
                .forEach(all::add);
        return all;
    }
}
