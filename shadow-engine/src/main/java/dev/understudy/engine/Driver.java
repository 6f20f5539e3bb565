package dev.understudy.engine;

import dev.understudy.analysis.data.ArmExchange;
import dev.understudy.journal.ExchangeRecord;
import dev.understudy.journal.ExchangeRecord.Outcome;
import dev.understudy.mirror.Routes;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Sends what live was asked to both arms, at the same distances in time: open loop across sessions, one
/// after the other
/// within a session and arm. An exchange goes to both arms or to none.
///
/// ```
///  TrafficLog ──at its time──▶ Session ─┬─▶ lane of the control   ─▶ arm ─▶ outcome
///                                       └─▶ lane of the candidate ─▶ arm ─▶ outcome
/// ```
final class Driver {
    /// A user gives up after this long.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_AHEAD = Duration.ofMillis(50);

    private final int trial;
    private final RunLog log;
    private final TrafficLog traffic;
    private final Map<ArmName, Arm> arms;
    private final Audience audience;
    private final Map<String, Session> sessions = new HashMap<>();
    private final List<Mirrored> history = new ArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Set<Mirrored> unfinished = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastIntended = new AtomicLong(Long.MIN_VALUE);
    private volatile boolean paused;
    private volatile boolean stopped;
    private final AtomicLong shift = new AtomicLong();
    private final AtomicInteger cursor = new AtomicInteger();

    /// Who hears of every exchange of an arm, on the thread that carried it.
    interface Audience {
        /// It was to begin now.
        void began(ArmName arm, Mirrored exchange);

        /// It was not sent after all.
        void forgotten(ArmName arm, Mirrored exchange);

        /// It was answered, or given up.
        void ended(ArmName arm, Mirrored exchange, long ended, Answer answer);
    }

    Driver(int trial, RunLog log, TrafficLog traffic, Map<ArmName, Arm> arms, Audience audience) {
        this.trial = trial;
        this.log = log;
        this.traffic = traffic;
        this.arms = arms;
        this.audience = audience;
    }

    /// Begins with the first request now.
    void start() {
        long startedAt = log.now();
        log.timeline().fork("driver", () -> {
            dispatch(startedAt);
            return true;
        });
    }

    /// Sends nothing new and waits until nothing is under way; the schedule moves by as much as that takes.
    void quiesce() {
        long pausedAt = log.now();
        paused = true;
        log.timeline()
                .await(
                        () -> underWay.get() == 0,
                        pausedAt + PATIENCE.multipliedBy(2).toNanos());
        shift.addAndGet(-pausedAt);
    }

    /// Waits until both arms are done with what was to begin before now, at most until `deadline`.
    void catchUp(long deadline) {
        long now = log.now();
        log.timeline().await(() -> unfinished.stream().noneMatch(exchange -> exchange.intended() < now), deadline);
    }

    /// Goes on after [#quiesce].
    void resume() {
        shift.addAndGet(log.now());
        paused = false;
    }

    /// Ends for good.
    void stop() {
        stopped = true;
    }

    /// The index of the next exchange of the traffic log.
    int position() {
        return cursor.get();
    }

    /// When the latest exchange was to begin.
    long lastIntended() {
        return lastIntended.get();
    }

    /// How many exchanges both arms are done with.
    int done() {
        synchronized (history) {
            return history.size();
        }
    }

    /// Everything both arms are done with, in the order in which it was to begin.
    List<Mirrored> history() {
        synchronized (history) {
            return history.stream()
                    .sorted(java.util.Comparator.comparingLong(Mirrored::sequence))
                    .toList();
        }
    }

    /// Lets go of what both arms are done with, and of idle sessions if there are more than so many.
    void forget(int mostSessions) {
        synchronized (history) {
            history.clear();
        }
        synchronized (sessions) {
            if (sessions.size() > mostSessions) {
                sessions.values().removeIf(Session::isIdle);
            }
        }
    }

    private void dispatch(long startedAt) {
        while (!stopped) {
            if (paused) {
                log.timeline()
                        .await(
                                () -> !paused || stopped,
                                log.now() + Duration.ofHours(1).toNanos());
                continue;
            }
            Optional<LiveExchange> next = traffic.at(cursor.get());
            if (next.isEmpty()) {
                log.timeline().sleep(LOOK_AHEAD.dividedBy(10));
                continue;
            }
            long intended = startedAt + shift.get() + (next.get().beganEpochNanos() - traffic.origin());
            boolean held = log.timeline().await(() -> stopped || paused, intended);
            if (!held) {
                cursor.incrementAndGet();
                hand(next.get(), intended);
            }
        }
    }

    private void hand(LiveExchange live, long intended) {
        Mirrored exchange = new Mirrored(cursor.get(), live, Routes.of(live.request()), intended);
        lastIntended.set(intended);
        unfinished.add(exchange);
        Session session;
        synchronized (sessions) {
            session = sessions.computeIfAbsent(live.session(), _ -> new Session());
        }
        for (ArmName arm : arms.keySet()) {
            underWay.incrementAndGet();
            audience.began(arm, exchange);
            boolean idle;
            synchronized (session) {
                Session.Lane lane = session.lane(arm);
                lane.waiting.add(exchange);
                idle = !lane.busy;
                lane.busy = true;
            }
            if (idle) {
                log.timeline().fork(arm + " " + live.session(), () -> {
                    drain(session, arm);
                    return true;
                });
            }
        }
    }

    private void drain(Session session, ArmName arm) {
        Session.Lane lane = session.lane(arm);
        while (true) {
            Mirrored exchange;
            synchronized (session) {
                exchange = lane.waiting.poll();
                if (exchange == null) {
                    lane.busy = false;
                    return;
                }
            }
            try {
                carry(session, lane, arm, exchange);
            } finally {
                underWay.decrementAndGet();
            }
        }
    }

    private void carry(Session session, Session.Lane lane, ArmName arm, Mirrored exchange) {
        Request original = exchange.live().request();
        boolean send;
        Request request;
        synchronized (session) {
            send = session.decide(exchange) == Mirrored.Fate.SENT && !lane.mapping.dependsOnOrphan(original);
            request = lane.mapping.rewrite(original);
        }
        if (!send || stopped) {
            audience.forgotten(arm, exchange);
            finish(
                    arm,
                    exchange,
                    new ArmExchange(
                            original, new Answer.Unanswered(Answer.Why.REFUSED, "not sent"), Outcome.DROPPED, 0, 0));
            return;
        }
        long sent = log.now();
        Answer answer = java.util.Objects.requireNonNull(arms.get(arm)).exchange(request, PATIENCE);
        long ended = log.now();
        Outcome outcome = outcome(answer);
        synchronized (session) {
            learn(session, lane, exchange, answer, outcome);
        }
        finish(arm, exchange, new ArmExchange(request, answer, outcome, sent, ended));
        audience.ended(arm, exchange, ended, answer);
    }

    private static void learn(Session session, Session.Lane lane, Mirrored exchange, Answer answer, Outcome outcome) {
        switch (outcome) {
            case ACKNOWLEDGED -> lane.mapping.learn(exchange.said(), answer);
            case REFUSED -> lane.mapping.orphan(exchange.said());
            case UNKNOWN, DROPPED -> session.taint(exchange.sequence());
        }
    }

    private static Outcome outcome(Answer answer) {
        return switch (answer) {
            case Answer.Answered answered -> answered.isAcknowledged() ? Outcome.ACKNOWLEDGED : Outcome.REFUSED;
            case Answer.Unanswered unanswered ->
                unanswered.why() == Answer.Why.REFUSED ? Outcome.REFUSED : Outcome.UNKNOWN;
        };
    }

    private void finish(ArmName arm, Mirrored exchange, ArmExchange result) {
        LiveExchange live = exchange.live();
        log.recorder()
                .record(new ExchangeRecord(
                        trial,
                        exchange.sequence(),
                        live.session().hashCode(),
                        exchange.route(),
                        exchange.isWrite(),
                        live.status().orElse(0),
                        arm == ArmName.CONTROL,
                        exchange.intended(),
                        result.sentAt(),
                        result.endedAt(),
                        result.answer().status(),
                        result.outcome()));
        if (exchange.done(arm, result)) {
            unfinished.remove(exchange);
            synchronized (history) {
                history.add(exchange);
            }
        }
    }
}
