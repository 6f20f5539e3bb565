package dev.understudy.runtime.simulated;

import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Pressure;
import dev.understudy.scenario.Topology;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Live as a model. `started` names what discovering started, which is all that closing stops.
record SimulatedLive(
        Topology topology,
        List<Drift> drift,
        SimulatedSystem system,
        Map<String, EffectLog.Effect> started,
        Supplier<Pressure> host)
        implements Live {

    @Override
    public List<InstanceState> instances() {
        return system.processes().states();
    }

    @Override
    public Pressure pressure() {
        return host.get();
    }

    @Override
    public void close() {
        started.forEach((service, effect) -> {
            system.processes().stop(service);
            effect.undone(true);
        });
        started.clear();
    }
}
