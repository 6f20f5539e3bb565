package dev.understudy.engine;

import dev.understudy.journal.Event;
import dev.understudy.promql.alerts.AlertEpisode;
import dev.understudy.promql.alerts.AlertHistory;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Monitoring.Alerting;
import dev.understudy.scenario.Monitoring.Scrape;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Secrets;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Metric;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What is asked for in both arms while a trial goes on, beside links and processes, which tell by themselves:
/// metrics pages, the sources of rules, the team's alert rules. Begun when the arms have started, stopped before they
/// are compared.
final class Monitor {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration OWN_EVERY = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final int MOST_ALERTS = 500;

    private final int trial;
    private final Stagecraft craft;
    private final RunLog log;
    private final Scenario scenario;
    private final OwnSeries own;
    private final Measurements measured;
    private final Map<ArmName, ArmSeries> series = new EnumMap<>(ArmName.class);
    private final List<Timeline.Fork<Boolean>> loops = new ArrayList<>();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    Monitor(int trial, Stagecraft craft, OwnSeries own, Measurements measured) {
        this.trial = trial;
        this.craft = craft;
        this.log = craft.log();
        this.scenario = craft.scenario();
        this.own = own;
        this.measured = measured;
    }

    /// Begins to ask.
    void begin() {
        long frozenMillis = craft.shadow().copied().frozenAt() / 1_000_000;
        Instant origin = Instant.ofEpochMilli(craft.shadow().copied().sureInMillis() - frozenMillis);
        for (Arm arm : craft.arms().values()) {
            ArmSeries ofArm = new ArmSeries(origin, scenario.monitoring().alerts());
            series.put(arm.name(), ofArm);
            Scrapes.of(scenario).forEach(scrape -> scrape(arm, ofArm, scrape));
            if (needsSeries()) {
                every("series of " + arm.name(), OWN_EVERY, () -> ofArm.write(own, arm.name(), log.now()));
            }
            scenario.monitoring()
                    .alerts()
                    .ifPresent(alerting ->
                            every("alerts of " + arm.name(), shortest(alerting), () -> ofArm.stepAlerts(log.now())));
            scenario.stability().forEach(rule -> sample(arm, ofArm, rule));
        }
    }

    private boolean needsSeries() {
        return scenario.monitoring().alerts().isPresent()
                || scenario.stability().stream()
                        .anyMatch(rule -> rule.metric() instanceof Metric.Sampled(var source)
                                && source instanceof dev.understudy.scenario.MetricSource.PromQl);
    }

    private static Duration shortest(Alerting alerting) {
        return alerting.rules().groups().stream()
                .flatMap(group -> group.interval().stream())
                .filter(interval -> interval.compareTo(alerting.every()) < 0)
                .min(Duration::compareTo)
                .orElse(alerting.every());
    }

    private void scrape(Arm arm, ArmSeries ofArm, Scrape scrape) {
        Service service = scenario.topology().service(scrape.service());
        for (int index = 0; index < service.instances(); index++) {
            int instance = index;
            String key = Scrapes.key(scrape.service(), scrape.path());
            Map<String, String> labels = Scrapes.labels(scrape, service, index);
            every("scrape of " + scrape.service() + " in " + arm.name(), scrape.every(), () -> {
                Answer answer = arm.ask(Request.get(scrape.service(), scrape.path()), instance, PATIENCE);
                ofArm.scraped(key, instance, labels, page(answer), log.now());
            });
        }
    }

    private static Optional<String> page(Answer answer) {
        return answer instanceof Answer.Answered answered && answered.status() == 200
                ? Optional.of(new String(answered.body(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private void sample(Arm arm, ArmSeries ofArm, StabilityRule rule) {
        if (rule.metric() instanceof Metric.Sampled(var source)) {
            SampleSource asked = new SampleSource(arm, ofArm, log);
            every(
                    "samples of " + rule.id() + " in " + arm.name(),
                    rule.sampling().every(),
                    () -> {
                        SampleSource.Taken taken = asked.take(source, rule.bound());
                        taken.value()
                                .ifPresentOrElse(
                                        value -> measured.took(arm.name(), rule.id(), log.now(), value),
                                        () -> missed(arm.name(), rule.id(), taken.why()));
                    });
        }
    }

    private void missed(ArmName arm, String rule, String why) {
        if (measured.isWatched() && failed.add(arm + " " + rule)) {
            log.record(new Event.SampleFailed(trial, arm.toString(), rule, Secrets.hiddenIn(why)));
        }
    }

    /// Does something again and again until [#stop]; what the arm can't do is not done.
    private void every(String name, Duration every, Runnable task) {
        loops.add(log.timeline().fork(name, () -> {
            while (!stopped) {
                long next = log.now() + every.toNanos();
                try {
                    task.run();
                } catch (EnvironmentException | IllegalArgumentException e) {
                    log.timeline().sleep(every);
                }
                rest(next);
            }
            return true;
        }));
    }

    // Timeline.await would look every few milliseconds, in each of dozens of loops
    private void rest(long until) {
        while (!stopped && log.now() < until) {
            log.timeline().sleepUntil(Math.min(until, log.now() + GLANCE.toNanos()));
        }
    }

    /// Asks no more; returns when nothing is under way.
    void stop() {
        stopped = true;
        loops.forEach(Timeline.Fork::join);
        loops.clear();
    }

    /// Asks no more, without waiting.
    void abandon() {
        stopped = true;
    }

    /// What the alert rules would have said is on record from here on.
    void record() {
        long now = log.now();
        series.forEach((arm, ofArm) -> ofArm.alertHistory(now).ifPresent(history -> record(arm, ofArm, history)));
    }

    private void record(ArmName arm, ArmSeries ofArm, AlertHistory history) {
        List<AlertEpisode> fired = history.fired();
        List<AlertEpisode> told = new ArrayList<>(fired);
        history.episodes().stream().filter(episode -> !episode.fired()).forEach(told::add);
        told.stream().limit(MOST_ALERTS).forEach(episode -> log.record(seen(arm, episode)));
        List<String> leftOut = new ArrayList<>(ofArm.leftOut());
        history.leftOut().forEach(notice -> leftOut.add(notice.message()));
        if (told.size() > MOST_ALERTS) {
            leftOut.add((told.size() - MOST_ALERTS) + " more alerts than are recorded");
        }
        int rules = scenario.monitoring().alerts().orElseThrow().rules().groups().stream()
                .mapToInt(group -> group.rules().size())
                .sum();
        log.record(new Event.AlertsWatched(
                trial,
                arm.toString(),
                rules,
                history.unseen().stream()
                        .map(unseen -> unseen.rule() + " (" + unseen.place() + "): " + unseen.selector())
                        .map(Secrets::hiddenIn)
                        .toList(),
                history.failures().stream()
                        .map(failure -> failure.rule() + " (" + failure.place() + ") failed " + failure.times()
                                + " times: " + failure.message())
                        .map(Secrets::hiddenIn)
                        .toList(),
                leftOut));
    }

    private Event seen(ArmName arm, AlertEpisode episode) {
        Map<String, String> labels = new TreeMap<>();
        episode.labels().asMap().forEach((name, value) -> labels.put(name, Secrets.hiddenIn(value)));
        return new Event.AlertSeen(
                trial,
                arm.toString(),
                episode.alert(),
                episode.group(),
                episode.place().toString(),
                labels,
                episode.needed().toNanos(),
                episode.activeAt(),
                episode.firingAt(),
                episode.endedAt(),
                episode.value());
    }
}
