package dev.understudy.analysis.judge;

import dev.understudy.analysis.BlastRadius;
import dev.understudy.analysis.BlastRadius.Edge;
import dev.understudy.analysis.BlastRadius.Node;
import dev.understudy.analysis.BlastRadius.Seen;
import dev.understudy.analysis.BlastRadius.State;
import dev.understudy.journal.Event;
import dev.understudy.journal.Journal.LinkSecond;
import dev.understudy.scenario.Change;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.scenario.StabilityRule;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which services answered otherwise in the candidate than in the control while the rules watched.
///
/// A service is affected if one of its links left the control's: more than a point more of its calls failed
/// and three calls at least, or its p99 is above the control's by more than the arms differed in the baseline, at least
/// by half and 5
/// ms, or it got less than half as many calls.
final class BlastReadings {
    /// Fewer calls of the control say nothing.
    private static final long FEWEST = 20;

    /// One or two failures are nothing that a change must have done.
    private static final double FEWEST_FAILURES = 3;

    private static final double POINT = 0.01;
    private static final long SECOND = 1_000_000_000;
    private static final double LEAST_RATIO = 1.5;
    private static final long LEAST_NANOS = 5_000_000;

    private final TrialRecord trial;
    private final TrialPhases.Span baseline;
    private final TrialPhases.Span watched;

    private BlastReadings(TrialRecord trial) {
        this.trial = trial;
        this.baseline = TrialPhases.of(trial).getFirst();
        this.watched = new TrialPhases.Span(
                "watch",
                trial.watchBegan().orElse(Long.MAX_VALUE),
                trial.rollbackBegan().orElse(Long.MAX_VALUE));
    }

    static BlastRadius of(Scenario scenario, TrialRecord trial) {
        BlastReadings readings = new BlastReadings(trial);
        List<Edge> edges = new ArrayList<>();
        Set<Link> breached = readings.breached(scenario);
        edges.add(readings.edge(Link.entering(scenario.topology().entry()), breached));
        scenario.topology().links().forEach(link -> edges.add(readings.edge(link, breached)));
        Set<String> changed = scenario.changes().stream().map(Change::service).collect(Collectors.toSet());
        List<Node> nodes = scenario.topology().services().values().stream()
                .map(service -> new Node(service.name(), state(scenario, service, changed, edges)))
                .toList();
        return new BlastRadius(nodes, edges);
    }

    private static State state(Scenario scenario, Service service, Set<String> changed, List<Edge> edges) {
        if (scenario.shadow().mode(service.name()) != ServiceMode.RUN) {
            return State.NOT_IN_SHADOW;
        }
        if (changed.contains(service.name())) {
            return State.CHANGED;
        }
        List<Edge> into =
                edges.stream().filter(edge -> edge.to().equals(service.name())).toList();
        if (into.stream().anyMatch(Edge::differs)) {
            return State.AFFECTED;
        }
        return into.stream().anyMatch(edge -> edge.control().calls() >= FEWEST)
                ? State.NOT_AFFECTED
                : State.NOT_MEASURED;
    }

    private Edge edge(Link link, Set<Link> breached) {
        Seen candidate = seen(link, RuleHistory.CANDIDATE, watched);
        Seen control = seen(link, RuleHistory.CONTROL, watched);
        String difference = difference(link, candidate, control);
        String rule = breached.contains(link) ? "a rule broke" : "";
        return new Edge(
                link.from(),
                link.to(),
                candidate,
                control,
                difference.isEmpty() || rule.isEmpty() ? difference + rule : difference + ", " + rule);
    }

    /// What rules look at that broke in the candidate alone before the rollback: the requests that broke one may not
    /// have been answered by then, so that no second of a link has them yet.
    private Set<Link> breached(Scenario scenario) {
        Set<String> inControl = broken(RuleHistory.CONTROL);
        Set<String> broken = broken(RuleHistory.CANDIDATE);
        return scenario.stability().stream()
                .filter(rule -> broken.contains(rule.id()) && !inControl.contains(rule.id()))
                .flatMap(rule -> switch (rule.target()) {
                    case StabilityRule.Target.OfService(String service) -> Stream.of(Link.entering(service));
                    case StabilityRule.Target.OfLink(Link link) -> Stream.of(link);
                    case StabilityRule.Target.OfArm _ -> Stream.empty();
                })
                .collect(Collectors.toSet());
    }

    private Set<String> broken(String arm) {
        return trial.timed(Event.RuleBroke.class)
                .filter(broke -> broke.event().arm().equals(arm) && broke.at() <= watched.until())
                .map(broke -> broke.event().rule())
                .collect(Collectors.toSet());
    }

    private Seen seen(Link link, String arm, TrialPhases.Span span) {
        List<LinkSecond> seconds = trial.links().stream()
                .filter(second -> second.arm().equals(arm) && second.link().equals(link.toString()))
                .filter(second -> second.count() > 0)
                .toList();
        List<LinkSecond> whole =
                seconds.stream().filter(second -> isWithin(second, span)).toList();
        long calls = whole.stream().mapToLong(LinkSecond::count).sum();
        if (calls == 0) {
            return new Seen(0, OptionalDouble.empty(), OptionalLong.empty());
        }
        long failures = whole.stream().mapToLong(LinkSecond::failures).sum();
        long[] p99 = seconds.stream()
                .filter(second -> isMostly(second, disturbed(span)))
                .mapToLong(LinkSecond::p99)
                .sorted()
                .toArray();
        return new Seen(
                calls,
                OptionalDouble.of((double) failures / calls),
                p99.length == 0 ? OptionalLong.empty() : OptionalLong.of(p99[p99.length / 2]));
    }

    /// From when deviations acted, if they did: a watch of three seconds must not be judged by the one before.
    private TrialPhases.Span disturbed(TrialPhases.Span span) {
        long from = trial.when(Event.DeviationBegan.class).orElse(span.from());
        return span.holds(from) ? new TrialPhases.Span(span.name(), from, span.until()) : span;
    }

    /// Wholly: what fails in a second in which the rollback began is not the change's doing.
    private static boolean isWithin(LinkSecond second, TrialPhases.Span span) {
        return span.holds(second.second() * SECOND) && second.second() * SECOND + SECOND <= span.until();
    }

    private static boolean isMostly(LinkSecond second, TrialPhases.Span span) {
        return span.holds(second.second() * SECOND + SECOND / 2);
    }

    private String difference(Link link, Seen candidate, Seen control) {
        if (control.calls() < FEWEST) {
            return "";
        }
        List<String> differences = new ArrayList<>();
        if (candidate.calls() < control.calls() / 2) {
            differences.add("fewer calls");
        }
        if (candidate.calls() > 0) {
            double more = candidate.failed().orElse(0) - control.failed().orElse(0);
            if (more > POINT && more * candidate.calls() >= FEWEST_FAILURES) {
                differences.add("more failures");
            }
            long limit = control.p99().orElse(0);
            long slowest = Math.max(Math.round(limit * ratio(link)), limit + LEAST_NANOS);
            if (candidate.p99().orElse(0) > slowest) {
                differences.add("slower");
            }
        }
        return String.join(", ", differences);
    }

    /// By what factor p99 must be above the control's: twice what the arms differed by in the baseline.
    private double ratio(Link link) {
        long one = seen(link, RuleHistory.CANDIDATE, baseline).p99().orElse(0);
        long other = seen(link, RuleHistory.CONTROL, baseline).p99().orElse(0);
        double apart = Math.min(one, other) == 0 ? 0 : (double) Math.abs(one - other) / Math.min(one, other);
        return Math.max(LEAST_RATIO, 1 + 2 * apart);
    }
}
