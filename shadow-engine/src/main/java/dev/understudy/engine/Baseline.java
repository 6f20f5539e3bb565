package dev.understudy.engine;

import dev.understudy.analysis.data.Noise;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.Release;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a trial knows of the arms before the change; a later trial of the same shadow can begin with it.
/// Immutable.
///
/// @param releases what each service runs
/// @param digests what each instance runs (`service#index`), as a digest
/// @param noise how the data of each service differs between arms that do the same
/// @param p50Spread by what share the medians of such arms differ
/// @param rules what rules that compare with the baseline read in it, by arm and rule
record Baseline(
        Map<String, Release> releases,
        Map<String, String> digests,
        Map<String, Noise> noise,
        double p50Spread,
        Map<ArmName, Map<String, Double>> rules) {
    Baseline {
        releases = Map.copyOf(releases);
        digests = Map.copyOf(digests);
        noise = Map.copyOf(noise);
        rules = Map.copyOf(rules);
    }

    static Baseline of(
            List<InstanceState> instances,
            Map<String, Noise> noise,
            double p50Spread,
            Map<ArmName, Map<String, Double>> rules) {
        Map<String, Release> releases = new HashMap<>();
        Map<String, String> digests = new HashMap<>();
        for (InstanceState instance : instances) {
            releases.put(instance.service(), instance.release());
            digests.put(instance.service() + "#" + instance.index(), instance.digest());
        }
        return new Baseline(releases, digests, noise, p50Spread, rules);
    }

    /// For another trial, which has rows of its own.
    Baseline forAnotherTrial() {
        Map<String, Noise> columns = new HashMap<>();
        noise.forEach((service, known) -> columns.put(service, known.withoutRows()));
        return new Baseline(releases, digests, columns, p50Spread, rules);
    }
}
