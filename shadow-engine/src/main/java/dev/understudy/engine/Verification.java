package dev.understudy.engine;

import dev.understudy.analysis.data.DataComparison;
import dev.understudy.analysis.data.DataFindings;
import dev.understudy.analysis.data.LedgerCheck;
import dev.understudy.analysis.data.LedgerFindings;
import dev.understudy.analysis.data.Noise;
import dev.understudy.analysis.data.PairedExchange;
import dev.understudy.analysis.data.Promise;
import dev.understudy.analysis.data.WriteCoverage;
import dev.understudy.analysis.data.WriteHistory;
import dev.understudy.journal.Event;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.TrafficSource;
import dev.understudy.scenario.LedgerEntry;
import dev.understudy.scenario.Scenario.ExpectedDifference;
import dev.understudy.scenario.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares the candidate with the control after the rollback: what runs, what is stored, what was
/// promised. Called while
/// nothing is under way in either arm.
final class Verification {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
    private static final int READERS = 8;

    private final int trial;
    private final Stagecraft craft;
    private final RunLog log;
    private final WriteHistory history;

    Verification(int trial, Stagecraft craft, Driver driver) {
        this.trial = trial;
        this.craft = craft;
        this.log = craft.log();
        this.history = new WriteHistory(
                driver.history().stream().map(Verification::paired).toList());
    }

    private static PairedExchange paired(Mirrored exchange) {
        return new PairedExchange(
                exchange.sequence(),
                exchange.live().session(),
                exchange.route(),
                exchange.isWrite(),
                exchange.live(),
                exchange.in(ArmName.CONTROL).orElseThrow(),
                exchange.in(ArmName.CANDIDATE).orElseThrow());
    }

    /// How much the arms differ by themselves.
    Map<String, Noise> learnNoise() {
        Map<String, Noise> noise = new HashMap<>();
        for (Service service : stores()) {
            Images images = images(service);
            noise.put(service.name(), Noise.learn(images.control(), images.candidate(), history));
        }
        return noise;
    }

    /// Compares everything; returns whether nothing speaks against the rollback.
    ///
    /// @param expected what differs for a reason that the tool knows itself
    boolean verify(Baseline baseline, boolean readLedger, List<ExpectedDifference> expected) {
        boolean sound = state(baseline.digests());
        List<ExpectedDifference> all = new ArrayList<>(craft.scenario().expected());
        all.addAll(expected);
        DataComparison comparison =
                new DataComparison(history, all, craft.wiring().runId());
        for (Service service : stores()) {
            sound &= data(comparison, service, baseline.noise().getOrDefault(service.name(), Noise.none()));
        }
        LedgerCheck check = new LedgerCheck(history);
        List<LedgerEntry> entries = readLedger ? craft.scenario().ledger() : List.of();
        for (LedgerEntry entry : entries) {
            sound &= ledger(check, entry);
        }
        WriteCoverage compared = WriteCoverage.of(history);
        log.record(new Event.WritesCompared(trial, compared.writes(), compared.compared()));
        TrafficSource.Ledger counted = craft.traffic().ledger();
        log.record(new Event.TrafficCounted(
                trial,
                counted.seen(),
                counted.offered(),
                counted.delivered(),
                new java.util.TreeMap<>(counted.dropped())));
        return sound;
    }

    private boolean state(Map<String, String> digestsBefore) {
        boolean equal = true;
        Map<String, String> now = new HashMap<>();
        for (InstanceState instance : craft.candidate().instances()) {
            now.put(instance.service() + "#" + instance.index(), instance.digest());
        }
        for (Map.Entry<String, String> before : new java.util.TreeMap<>(digestsBefore).entrySet()) {
            String after = now.getOrDefault(before.getKey(), "not running");
            boolean same = after.equals(before.getValue());
            equal &= same;
            log.record(new Event.StateCompared(trial, before.getKey(), same, before.getValue(), after));
        }
        for (String stray : craft.candidate().strays()) {
            equal = false;
            log.record(new Event.LeftBehind(trial, stray));
        }
        return equal;
    }

    private boolean data(DataComparison comparison, Service service, Noise noise) {
        Images images = images(service);
        DataFindings found = comparison.compare(images.control(), images.candidate(), noise);
        log.record(found.event(trial));
        found.dates(trial).ifPresent(log::record);
        return found.lost() == 0
                && found.unattributed() <= found.noise()
                && found.structure().isEmpty();
    }

    private boolean ledger(LedgerCheck check, LedgerEntry entry) {
        List<Promise> promises = check.promises(entry);
        List<Timeline.Fork<List<LedgerFindings.Judged>>> readers = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            int first = reader;
            readers.add(log.timeline().fork("ledger reader", () -> read(check, promises, first)));
        }
        List<LedgerFindings.Judged> judged =
                readers.stream().flatMap(reader -> reader.join().stream()).toList();
        LedgerFindings found = LedgerFindings.of(entry, judged, craft.wiring().runId());
        log.record(found.event(trial));
        found.dates(trial).ifPresent(log::record);
        return found.lost() == 0;
    }

    /// Reads every [#READERS]th promise back, beginning with `first`.
    private List<LedgerFindings.Judged> read(LedgerCheck check, List<Promise> promises, int first) {
        List<LedgerFindings.Judged> judged = new ArrayList<>();
        for (int i = first; i < promises.size(); i += READERS) {
            Promise promise = promises.get(i);
            Answer candidate = craft.candidate().exchange(check.readOf(promise), READ_TIMEOUT);
            Optional<Answer> control =
                    check.controlReadOf(promise).map(request -> craft.control().exchange(request, READ_TIMEOUT));
            judged.add(new LedgerFindings.Judged(promise, check.judge(promise, candidate, control)));
        }
        return judged;
    }

    private List<Service> stores() {
        return craft.scenario()
                .shadowServices()
                .filter(Service::isStateful)
                .filter(service -> craft.scenario().shadow().mode(service.name())
                        == dev.understudy.scenario.ShadowSpec.ServiceMode.RUN)
                .toList();
    }

    /// The data of one service in both arms.
    private record Images(DataImage control, DataImage candidate) {}

    private Images images(Service service) {
        Timeline.Fork<DataImage> control = log.timeline().fork("read control", () -> image(ArmName.CONTROL, service));
        DataImage candidate = image(ArmName.CANDIDATE, service);
        return new Images(control.join(), candidate);
    }

    private DataImage image(ArmName arm, Service service) {
        return java.util.Objects.requireNonNull(craft.arms().get(arm)).data(service.name());
    }
}
