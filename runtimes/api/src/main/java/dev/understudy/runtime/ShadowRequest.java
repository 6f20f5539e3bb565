package dev.understudy.runtime;

import dev.understudy.scenario.Scenario;

/// What is to be cloned for one run.
///
/// @param runId the mark that everything made for the run carries
/// @param sampleTime live's clock at the freeze is reported on this timeline
public record ShadowRequest(String runId, Live live, Scenario scenario, Timeline sampleTime, EffectLog effects) {}
