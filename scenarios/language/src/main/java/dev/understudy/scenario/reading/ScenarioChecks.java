package dev.understudy.scenario.reading;

import dev.understudy.scenario.Change;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Scenario.Trigger;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.grammar.ScenarioDraft;
import dev.understudy.scenario.tree.Findings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What must hold across a scenario besides its references: unique ids, an order of steps, data for every
/// store.
final class ScenarioChecks {
    private final ScenarioDraft draft;
    private final Scenario scenario;
    private final Findings findings;

    ScenarioChecks(ScenarioDraft draft, Findings findings) {
        this.draft = draft;
        this.scenario = draft.scenario();
        this.findings = findings;
    }

    void check() {
        unique("the deviation", scenario.deviations(), DeviationSpec::id, DeviationSpec::place);
        unique("the rule", scenario.stability(), StabilityRule::id, StabilityRule::place);
        unique("the step", scenario.rollback().steps(), Step::id, Step::place);
        unique("the version of", versionChanges(), Change::service, Change::place);
        StepOrder.check(scenario.rollback().steps(), findings);
        everyResourceHasCapacity();
        noDatabaseBesideItself();
        everyStoreHasData();
        enoughRules();
    }

    private List<Change> versionChanges() {
        return scenario.changes().stream()
                .filter(Change.ToVersion.class::isInstance)
                .toList();
    }

    private <T> void unique(String what, List<T> items, Function<T, String> id, Function<T, Place> place) {
        Map<String, Place> first = new HashMap<>();
        for (T item : items) {
            String name = id.apply(item);
            Place before = name.isEmpty() ? null : first.putIfAbsent(name, place.apply(item));
            if (before != null) {
                findings.add(
                        place.apply(item),
                        what + " '" + name + "' stands here a second time",
                        "The first is at " + before + ".");
            }
        }
    }

    private void noDatabaseBesideItself() {
        scenario.changes().forEach(change -> besideItself(change.service(), change.how(), change.place()));
        scenario.rollback().steps().forEach(step -> {
            if (step instanceof Step.Revert revert) {
                besideItself(revert.service(), revert.how(), revert.place());
            }
        });
    }

    private void besideItself(String name, Replacement how, Place place) {
        Service service = scenario.topology().services().get(name);
        if (how.isStartFirst() && service != null && service.kind() != Service.Kind.PROCESS) {
            findings.add(
                    place,
                    "'" + name + "' can't be replaced start-first: two servers can't run on the data of one database",
                    "Write replace: stop-first.");
        }
    }

    private void everyResourceHasCapacity() {
        for (Step step : scenario.rollback().steps()) {
            for (String resource : step.common().uses()) {
                if (!resource.isEmpty() && !scenario.rollback().capacity().containsKey(resource)) {
                    findings.add(
                            step.place(),
                            "the step '" + step.id() + "' uses '" + resource + "', of which 'capacity' says nothing",
                            "Write for example capacity: {" + resource + ": 1} in 'rollback'.");
                }
            }
        }
    }

    private void everyStoreHasData() {
        for (Service service : draft.topology().topology().services().values()) {
            boolean needed = service.isStateful()
                    && !draft.topology().uncertain().contains(service.name())
                    && scenario.shadow().mode(service.name()) == ServiceMode.RUN;
            if (needed && !scenario.shadow().data().containsKey(service.name())) {
                findings.add(
                        draft.section("shadow"),
                        "'" + service.name() + "' keeps data, but shadow.data does not say what an arm gets",
                        "Write for example data: {" + service.name() + ": snapshot}.");
            }
        }
    }

    private void enoughRules() {
        if (scenario.breach().trigger() instanceof Trigger.AtLeast(int rules)
                && !scenario.stability().isEmpty()
                && rules > scenario.stability().size()) {
            findings.add(
                    draft.section("breach"),
                    "'atLeast' asks for " + rules + " broken rules, but there are only "
                            + scenario.stability().size());
        }
    }
}
