package dev.understudy.analysis.judge;

import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.rules.Values;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal.Timed;
import dev.understudy.scenario.Change;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.StabilityRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What one trial says of the change: BREACHED if the candidate, and not the control, broke what a breach
/// needs; HEALTHY if it was watched well and broke nothing; UNKNOWN with the reasons otherwise.
final class ChangeJudge {
    private final Scenario scenario;
    private final TrialRecord trial;
    private final RuleHistory rules;

    ChangeJudge(Scenario scenario, TrialRecord trial) {
        this.scenario = scenario;
        this.trial = trial;
        rules = new RuleHistory(scenario, trial);
    }

    /// A finding, and why; HEALTHY needs no reason.
    record Found(ChangeFinding finding, List<Reason> reasons) {}

    Found find() {
        Optional<Reason> unhealthy = unhealthy();
        if (unhealthy.isPresent()) {
            return new Found(ChangeFinding.BREACHED, List.of(unhealthy.get()));
        }
        Optional<Reason> broken = trial.breach().flatMap(this::held);
        if (broken.isPresent()) {
            return new Found(ChangeFinding.BREACHED, List.of(broken.get()));
        }
        List<Reason> open = open();
        return new Found(open.isEmpty() ? ChangeFinding.HEALTHY : ChangeFinding.UNKNOWN, open);
    }

    private Optional<Reason> unhealthy() {
        return trial.events(Event.Shipped.class)
                .filter(shipped -> shipped.arm().equals(RuleHistory.CANDIDATE) && !shipped.healthy())
                .filter(shipped -> !isUnhealthyInControl(shipped.service()))
                .findFirst()
                .map(shipped -> Reason.of(
                        "Shipping " + shipped.label() + " failed: "
                                + firstLine(shipped.evidence(), "not healthy in time") + ".",
                        shipped.service(),
                        placeOf(shipped)));
    }

    private boolean isUnhealthyInControl(String service) {
        return trial.events(Event.Shipped.class)
                .anyMatch(shipped -> shipped.arm().equals(RuleHistory.CONTROL)
                        && shipped.service().equals(service)
                        && !shipped.healthy());
    }

    private dev.understudy.scenario.Place placeOf(Event.Shipped shipped) {
        return scenario.changes().stream()
                .filter(change -> change.service().equals(shipped.service())
                        && change.label().equals(shipped.label()))
                .map(Change::place)
                .findFirst()
                .orElse(scenario.place());
    }

    /// Why a breach is held against the change; empty if the control shares it or a deviation excuses it.
    private Optional<Reason> held(Timed<Event.Breached> breach) {
        Event.Breached event = breach.event();
        boolean isExcused = event.innocent()
                && (event.rules().isEmpty()
                        ? rules.excuse(Optional.empty(), breach.at()).isPresent()
                        : event.rules().stream()
                                .allMatch(rule -> rules.excuse(Optional.of(rule), breach.at())
                                        .isPresent()));
        if (rules.isShared(event, breach.at()) || isExcused || isControlUnhealthy(event)) {
            return Optional.empty();
        }
        return Optional.of(event.rules().stream()
                .map(rules::rule)
                .flatMap(Optional::stream)
                .findFirst()
                .map(rule -> brokenRule(rule, breach.at()))
                .orElseGet(
                        () -> Reason.of("The change breaches: " + event.reason() + ".", "breach", scenario.place())));
    }

    // that a service did not become healthy in either arm says nothing of the change
    private boolean isControlUnhealthy(Event.Breached event) {
        return event.rules().equals(List.of("health"))
                && trial.events(Event.Shipped.class)
                        .anyMatch(shipped -> shipped.arm().equals(RuleHistory.CONTROL) && !shipped.healthy());
    }

    private Reason brokenRule(StabilityRule rule, long at) {
        OptionalDouble candidate = rules.of(RuleHistory.CANDIDATE, rule.id()).stream()
                .filter(episode -> episode.from() <= at)
                .mapToDouble(RuleHistory.Episode::value)
                .reduce((_, last) -> last);
        OptionalDouble control = watched(RuleHistory.CONTROL, rule.id());
        List<String> acting = acting(at);
        String value = Values.text(rule.metric(), candidate);
        return Reason.of(
                "The change breaks rule " + rule.id() + (acting.isEmpty() ? "" : " under " + String.join(", ", acting))
                        + ": " + rule.metric() + " of " + rule.target() + " reached " + value + ", limit "
                        + rule.bound().text() + "; the control, treated the same, stayed at "
                        + Values.text(rule.metric(), control) + ".",
                rule.id(),
                rule.place(),
                value + " of " + rule.bound().text());
    }

    private List<String> acting(long at) {
        return scenario.deviations().stream()
                .map(DeviationSpec::id)
                .filter(id -> trial.timed(Event.DeviationBegan.class)
                        .anyMatch(began -> began.event().id().equals(id) && began.at() <= at))
                .filter(id -> trial.timed(Event.DeviationEnded.class)
                        .noneMatch(ended -> ended.event().id().equals(id) && ended.at() < at))
                .toList();
    }

    private OptionalDouble watched(String arm, String rule) {
        return trial.events(Event.RuleWatched.class)
                .filter(watched -> watched.arm().equals(arm) && watched.rule().equals(rule))
                .mapToDouble(Event.RuleWatched::worst)
                .filter(worst -> !Double.isNaN(worst))
                .findFirst();
    }

    /// Why nothing can be said for the change.
    private List<Reason> open() {
        if (trial.watchBegan().isEmpty() || trial.rollbackBegan().isEmpty()) {
            return List.of(Reason.of("The run ended before the rules had watched the change."));
        }
        long watch = trial.watchBegan().getAsLong();
        long rollback = trial.rollbackBegan().getAsLong();
        List<Reason> open = new ArrayList<>(notShipped());
        for (RuleHistory.Episode alone : rules.brokenAlone(watch, rollback)) {
            rules.rule(alone.rule())
                    .ifPresent(rule -> open.add(Reason.of(
                            "The candidate alone broke rule " + rule.id() + " ("
                                    + Values.text(rule.metric(), OptionalDouble.of(alone.value())) + ", limit "
                                    + rule.bound().text() + "), which was not what started the rollback.",
                            rule.id(),
                            rule.place())));
        }
        scenario.stability().forEach(rule -> blind(rule, watch, rollback).ifPresent(open::add));
        open.addAll(new AlertReadings(scenario, trial).open());
        open.addAll(tooShort(rollback - watch));
        Floor.below(scenario, trial.sentBetween(watch, rollback), "between change and rollback")
                .ifPresent(open::add);
        scenario.deviations().forEach(spec -> neverActed(spec, rollback - watch).ifPresent(open::add));
        return open;
    }

    private List<Reason> notShipped() {
        List<Reason> open = new ArrayList<>();
        for (Change change : scenario.changes()) {
            List<Event.Shipped> shipped = trial.events(Event.Shipped.class)
                    .filter(each -> each.arm().equals(RuleHistory.CANDIDATE)
                            && each.service().equals(change.service())
                            && each.label().equals(change.label()))
                    .toList();
            if (shipped.isEmpty()) {
                open.add(Reason.of(
                        "The change " + change.label() + " is not on record as shipped.",
                        change.service(),
                        change.place()));
            } else if (!shipped.getFirst().healthy()) {
                open.add(Reason.of(
                        change.service() + " did not become healthy in either arm.", change.service(), change.place()));
            } else if (!(change instanceof Change.Migration)
                    && !Readings.isNull(change, scenario.topology())
                    && shipped.getFirst().from().equals(shipped.getFirst().to())) {
                open.add(Reason.of(
                        "Shipping " + change.label() + " changed nothing: the candidate runs the same as before.",
                        change.service(),
                        change.place()));
            }
        }
        return open;
    }

    private Optional<Reason> blind(StabilityRule rule, long watch, long rollback) {
        for (String arm : List.of(RuleHistory.CANDIDATE, RuleHistory.CONTROL)) {
            if (watched(arm, rule.id()).isEmpty()) {
                return Optional.of(Reason.of(
                        "Rule " + rule.id() + " had no data in the " + arm + " while the change was watched"
                                + whyNot(arm, rule.id()) + ".",
                        rule.id(),
                        rule.place()));
            }
        }
        RuleHistory.Blindness blind = rules.blindness(rule.id(), watch, rollback);
        boolean tooLong = blind.longest() > rule.lasting().toNanos() || blind.total() * 2 > rollback - watch;
        return tooLong
                ? Optional.of(Reason.of(
                        "Rule " + rule.id() + " had no data for " + Values.duration(blind.total()) + " of the "
                                + Values.duration(rollback - watch) + " in which the change was watched.",
                        rule.id(),
                        rule.place(),
                        "no data for " + Values.duration(blind.total()) + " of " + Values.duration(rollback - watch)))
                : Optional.empty();
    }

    private String whyNot(String arm, String rule) {
        return trial.events(Event.SampleFailed.class)
                .filter(failed -> failed.arm().equals(arm) && failed.rule().equals(rule))
                .map(failed -> ": " + firstLine(failed.why(), "no answer"))
                .findFirst()
                .orElse("");
    }

    /// In a drill the rules must have watched for as long as the scenario wants, and for a full window
    /// each.
    private List<Reason> tooShort(long watched) {
        boolean isDrill = trial.events(Event.RollbackBegan.class).anyMatch(Event.RollbackBegan::drill);
        if (!isDrill) {
            return List.of();
        }
        List<Reason> open = new ArrayList<>();
        long within = scenario.breach().within().toNanos();
        if (watched < within) {
            open.add(Reason.of("The drill began after " + Values.duration(watched) + "; a breach has "
                    + Values.duration(within) + " to show."));
        }
        scenario.stability().stream()
                .filter(rule -> rule.lasting().toNanos() > watched)
                .forEach(rule -> open.add(Reason.of(
                        "Rule " + rule.id() + " looks at "
                                + Values.duration(rule.lasting().toNanos()) + ", but the change was watched for "
                                + Values.duration(watched) + " only.",
                        rule.id(),
                        rule.place())));
        return open;
    }

    private Optional<Reason> neverActed(DeviationSpec spec, long watched) {
        boolean wasDue = watched > spec.after().toNanos() + RuleHistory.SAME_TIME_NANOS;
        List<String> arms = spec.on() == DeviationSpec.Scope.ALL
                ? List.of(RuleHistory.CANDIDATE, RuleHistory.CONTROL)
                : List.of(RuleHistory.CANDIDATE);
        return arms.stream()
                .filter(arm -> wasDue
                        && trial.events(Event.DeviationBegan.class)
                                .noneMatch(began -> began.id().equals(spec.id())
                                        && began.arm().equals(arm)))
                .findFirst()
                .map(arm -> Reason.of(
                        "Deviation " + spec.id() + " never acted on the " + arm + ".", spec.id(), spec.place()));
    }

    /// Deviations that no rule saw although one must have.
    List<Reason> detectionGaps() {
        return scenario.deviations().stream()
                .filter(DeviationSpec::mustBreach)
                .filter(this::actedUnseen)
                .map(spec -> Reason.of(
                        "No rule saw deviation " + spec.id() + ", which must breach: the rules have a gap.",
                        spec.id(),
                        spec.place()))
                .toList();
    }

    private boolean actedUnseen(DeviationSpec spec) {
        Optional<Long> began = trial.timed(Event.DeviationBegan.class)
                .filter(event -> event.event().id().equals(spec.id())
                        && event.event().arm().equals(RuleHistory.CANDIDATE))
                .map(Timed::at)
                .findFirst();
        return began.isPresent()
                && scenario.stability().stream()
                        .flatMap(rule -> rules.of(RuleHistory.CANDIDATE, rule.id()).stream())
                        .noneMatch(episode -> episode.until() >= began.get());
    }

    static String firstLine(String text, String otherwise) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(otherwise);
    }
}
