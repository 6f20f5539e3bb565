package dev.understudy.runtime;

import dev.understudy.scenario.Topology;
import java.util.List;

/// The running system. This handle has no call that changes it.
public interface Live extends AutoCloseable {
    /// What was declared.
    Topology topology();

    /// Where what runs differs from what the files say.
    List<Drift> drift();

    /// What runs.
    List<InstanceState> instances();

    /// How hard work on live's own host has to wait at the moment.
    Pressure pressure();

    /// Stops just what [Runtime#discover] started.
    @Override
    void close();

    /// One difference between the files and what runs; `declared` and `live` hold hashes where values may be
    /// secret.
    record Drift(String service, String field, String declared, String live) {}
}
