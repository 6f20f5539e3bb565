package dev.understudy.analysis.judge;

import dev.understudy.analysis.data.LedgerFindings;
import dev.understudy.analysis.rules.Values;
import dev.understudy.journal.Event;
import dev.understudy.scenario.Change;
import dev.understudy.scenario.LedgerEntry;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether state and data are what they were, and what was promised was kept.
final class DataChecks {
    private static final double ENOUGH = 0.9;

    private final Scenario scenario;
    private final TrialRecord trial;
    private final Loss loss;
    private final Place place;

    DataChecks(Scenario scenario, TrialRecord trial, Loss loss) {
        this.scenario = scenario;
        this.trial = trial;
        this.loss = loss;
        place = scenario.rollback().place();
    }

    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        unreadable().ifPresent(faults::add);
        lost().ifPresent(faults::add);
        faults.addAll(state());
        scenario.shadowServices()
                .filter(Service::isStateful)
                .filter(service -> scenario.shadow().mode(service.name()) == ServiceMode.RUN)
                .forEach(service -> faults.addAll(data(service)));
        scenario.ledger().forEach(entry -> ledger(entry).ifPresent(faults::add));
        coverage().ifPresent(faults::add);
        return faults;
    }

    private Optional<Fault> unreadable() {
        return trial.events(Event.LedgerRead.class)
                .filter(read -> read.unreadable() > 0)
                .max((one, other) -> Long.compare(one.unreadable(), other.unreadable()))
                .map(read -> Fault.oneWay(Reason.of(
                        "After the rollback the old version can't read " + read.unreadable() + " of " + read.keys()
                                + " keys that " + read.entry() + " had acknowledged.",
                        read.entry(),
                        placeOf(read.entry()),
                        read.unreadable() + " of " + read.keys() + " keys unreadable")));
    }

    private Place placeOf(String entry) {
        return scenario.ledger().stream()
                .filter(each -> LedgerFindings.name(each).equals(entry))
                .map(LedgerEntry::place)
                .findFirst()
                .orElse(place);
    }

    private Optional<Fault> lost() {
        long allowed = scenario.rollback().budget().lostWrites().orElse(0);
        if (loss.count() <= allowed) {
            return Optional.empty();
        }
        String rows = loss.count() + (loss.count() == 1 ? " acknowledged write is" : " acknowledged writes are");
        return Optional.of(Fault.loss(Reason.of(
                "After the rollback " + rows + " gone"
                        + loss.where().map(where -> " (" + where + ")").orElse("") + "; "
                        + (allowed == 0 ? "none" : "at most " + allowed) + " may be.",
                "lostWrites",
                place,
                loss.count() + " of " + allowed + " writes lost")));
    }

    private List<Fault> state() {
        List<Fault> faults = new ArrayList<>();
        trial.events(Event.StateCompared.class)
                .filter(state -> !state.equal())
                .forEach(state -> faults.add(Fault.failed(Reason.of(
                        "After the rollback " + state.service() + " does not run what it ran before the change.",
                        state.service(),
                        place))));
        trial.events(Event.LeftBehind.class)
                .forEach(left -> faults.add(Fault.failed(
                        Reason.of("The rollback left something behind: " + left.what() + ".", "left behind", place))));
        for (Change change : scenario.changes()) {
            boolean isKnown = change instanceof Change.Migration
                    || trial.events(Event.StateCompared.class)
                            .anyMatch(state -> bareName(state.service()).equals(change.service()));
            if (!isKnown) {
                faults.add(Fault.untested(Reason.of(
                        "What " + change.service() + " runs after the rollback was not compared.",
                        change.service(),
                        change.place())));
            }
        }
        return faults;
    }

    // instances are named `orders#0`
    private static String bareName(String instance) {
        int hash = instance.indexOf('#');
        return hash < 0 ? instance : instance.substring(0, hash);
    }

    private List<Fault> data(Service service) {
        Optional<Event.DataCompared> found = trial.events(Event.DataCompared.class)
                .filter(data -> data.service().equals(service.name()))
                .findFirst();
        if (found.isEmpty()) {
            return List.of(Fault.untested(
                    Reason.of("The data of " + service.name() + " was not compared.", service.name(), place)));
        }
        Event.DataCompared data = found.get();
        List<Fault> faults = new ArrayList<>();
        if (!data.structure().isEmpty()) {
            faults.add(Fault.failed(Reason.of(
                    "After the rollback the structure of " + service.name() + " differs: "
                            + data.structure().getFirst()
                            + (data.structure().size() > 1
                                    ? " and " + (data.structure().size() - 1) + " more"
                                    : "")
                            + ".",
                    service.name(),
                    place)));
        }
        if (data.unattributed() > data.noise()) {
            faults.add(Fault.untested(Reason.of(
                    data.unattributed() + " rows of " + service.name() + " differ and no request explains it; "
                            + data.noise() + " did so before the change.",
                    service.name(),
                    place,
                    data.unattributed() + " of " + data.noise() + " rows")));
        }
        if (!data.notChecked().isEmpty()) {
            faults.add(Fault.untested(Reason.of(
                    "Not all data of " + service.name() + " could be compared: "
                            + data.notChecked().getFirst() + ".",
                    service.name(),
                    place)));
        }
        return faults;
    }

    private Optional<Fault> ledger(LedgerEntry entry) {
        String name = LedgerFindings.name(entry);
        Optional<Event.LedgerRead> read = trial.events(Event.LedgerRead.class)
                .filter(each -> each.entry().equals(name))
                .findFirst();
        if (read.isPresent() && read.get().keys() > 0) {
            return Optional.empty();
        }
        String why = read.isEmpty() ? "was not read" : "has nothing to check: nothing was acknowledged";
        return Optional.of(
                Fault.untested(Reason.of("The ledger entry " + name + " " + why + ".", name, entry.place())));
    }

    private Optional<Fault> coverage() {
        Optional<Event.WritesCompared> written =
                trial.first(Event.WritesCompared.class).map(timed -> timed.event());
        if (written.isEmpty()) {
            return Optional.of(Fault.untested(Reason.of("How many writes were compared is not on record.")));
        }
        long writes = written.get().writes();
        double share = writes == 0 ? 1 : (double) written.get().compared() / writes;
        if (share >= ENOUGH) {
            return Optional.empty();
        }
        String measure = Values.percent(share) + " of " + Values.percent(ENOUGH);
        return Optional.of(Fault.untested(Reason.of(
                "Only " + written.get().compared() + " of " + writes + " writes could be compared.",
                "writes compared",
                place,
                measure)));
    }
}
