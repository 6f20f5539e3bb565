package dev.understudy.analysis.judge;

import dev.understudy.journal.Event;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import java.util.ArrayList;
import java.util.List;

/// What a run leaves open, one line each: nothing that was not looked at is passed over in silence.
final class NotChecked {
    private NotChecked() {}

    /// @param live what of live nobody could see
    /// @param open what else keeps the run from being a GO
    static List<String> of(
            Scenario scenario, TrialRecord trial, Fidelity fidelity, List<String> live, List<String> open) {
        List<String> lines = new ArrayList<>(open);
        lines.addAll(live);
        lines.addAll(fidelity.notChecked());
        lines.addAll(new AlertReadings(scenario, trial).notChecked());
        lines.addAll(MigrationChecks.open(StartMigrations.of(scenario, trial)));
        trial.events(Event.DataCompared.class)
                .forEach(data ->
                        data.notChecked().forEach(line -> lines.add("data of " + data.service() + ": " + line)));
        scenario.topology().services().keySet().forEach(service -> {
            ServiceMode mode = scenario.shadow().mode(service);
            if (mode != ServiceMode.RUN) {
                lines.add("service " + service + ": "
                        + (mode == ServiceMode.OFF ? "not started in the shadow" : "not part of the shadow"));
            }
        });
        scenario.expect()
                .flatMap(expect -> expect.hazards())
                .filter(hazards -> !hazards.isEmpty())
                .ifPresent(hazards -> lines.add("hazards " + String.join(", ", hazards) + ": not looked for"));
        return lines.stream().distinct().toList();
    }
}
