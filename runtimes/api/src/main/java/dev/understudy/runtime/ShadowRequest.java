package dev.understudy.runtime;

import dev.understudy.scenario.Scenario;
import java.util.UUID;

/// What is to be cloned for one run.
///
/// @param runId the mark that everything made for the run carries
/// @param sampleTime live's clock at the freeze is reported on this timeline
/// @param secret the key under which data is masked, at most 50 characters; neither recorded nor kept
public record ShadowRequest(
        String runId, Live live, Scenario scenario, Timeline sampleTime, EffectLog effects, String secret) {

    /// With a secret of its own, for who need not know it.
    public ShadowRequest(String runId, Live live, Scenario scenario, Timeline sampleTime, EffectLog effects) {
        this(runId, live, scenario, sampleTime, effects, UUID.randomUUID().toString());
    }
}
