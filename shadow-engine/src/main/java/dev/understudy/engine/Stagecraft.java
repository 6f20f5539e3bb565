package dev.understudy.engine;

import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Shadow;
import dev.understudy.scenario.Scenario;
import java.util.Map;
import java.util.Objects;

/// What every trial of a run has in common.
record Stagecraft(
        Scenario scenario, Wiring wiring, RunLog log, Shadow shadow, Map<ArmName, Arm> arms, TrafficLog traffic) {

    Arm control() {
        return Objects.requireNonNull(arms.get(ArmName.CONTROL));
    }

    Arm candidate() {
        return Objects.requireNonNull(arms.get(ArmName.CANDIDATE));
    }

    ScenarioFiles files() {
        return new ScenarioFiles(scenario, wiring.sources());
    }
}
