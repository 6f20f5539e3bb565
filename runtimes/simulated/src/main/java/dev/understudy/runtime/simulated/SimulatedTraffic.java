package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.TrafficSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Users of a simulated live: sessions that come and go, each with its cookies, think times drawn so that
/// requests arrive as a Poisson process. Every request is really answered by live, so ids and cookies are
/// live's own. Only for threads of the timeline.
public final class SimulatedTraffic implements TrafficSource {
    private static final int LONGEST_QUEUE = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SimulatedRuntime runtime;
    private final Timeline timeline;
    private final Shape shape;
    private final Visitor visitor;
    private final long seed;
    private final Deque<Pending> queue = new ArrayDeque<>();
    private long sessions;
    private long requests;
    private long seen;
    private long delivered;
    private long droppedFull;
    private long droppedClosed;
    private boolean closed;
    private LongConsumer listener = _ -> {};

    /// How much there is of it.
    ///
    /// @param perSecond requests to live a second, over all sessions
    /// @param sessions how many are open at a time
    /// @param length requests a session on average; lengths are geometric
    /// @param sample the share of sessions that is handed over, above 0 up to 1
    /// @param until when the last request begins, nanoseconds on the timeline
    public record Shape(double perSecond, int sessions, double length, double sample, long until) {
        public Shape {
            if (!(perSecond > 0) || sessions < 1 || !(length >= 1) || !(sample > 0 && sample <= 1)) {
                throw new IllegalArgumentException("perSecond " + perSecond + ", sessions " + sessions + ", length "
                        + length + ", sample " + sample + ": need > 0, >= 1, >= 1, 0..1");
            }
        }

        /// 30 sessions of 12 requests each, all of them sampled, without an end.
        public static Shape of(double perSecond) {
            return new Shape(perSecond, 30, 12, 1, Long.MAX_VALUE);
        }
    }

    private SimulatedTraffic(SimulatedRuntime runtime, Shape shape, Visitor visitor, long seed) {
        this.runtime = runtime;
        this.timeline = runtime.timeline();
        this.shape = shape;
        this.visitor = visitor;
        this.seed = seed;
    }

    /// Lets users come to live from now on; inside the timeline's `run`.
    public static SimulatedTraffic start(SimulatedRuntime runtime, Shape shape, Visitor visitor, long seed) {
        SimulatedTraffic traffic = new SimulatedTraffic(runtime, shape, visitor, seed);
        for (int i = 0; i < shape.sessions(); i++) {
            traffic.timeline.fork("users " + i, () -> {
                while (traffic.goesOn()) {
                    traffic.visit();
                }
                return traffic;
            });
        }
        return traffic;
    }

    private boolean goesOn() {
        return !closed && timeline.now() < shape.until();
    }

    private void visit() {
        long number = ++sessions;
        SplittableRandom chance = new SplittableRandom(seed * 31 + number);
        boolean sampled = chance.nextDouble() < shape.sample();
        String session = Long.toHexString(new SplittableRandom(seed + number).nextLong());
        List<String> created = new ArrayList<>();
        String cookies = "";
        int made = 0;
        do {
            think(chance);
            if (!goesOn()) {
                return;
            }
            Request request = withCookies(visitor.next(new Visitor.Visit(chance, made++, created)), cookies);
            Answer answer = ask(session, sampled, request);
            cookies = cookiesAfter(answer, cookies);
            remember(answer, created);
        } while (chance.nextDouble() > 1 / shape.length());
    }

    private void think(SplittableRandom chance) {
        double mean = shape.sessions() / shape.perSecond();
        timeline.sleepUntil(timeline.now() + Math.round(chance.nextExponential() * mean * 1e9));
    }

    private Answer ask(String session, boolean sampled, Request request) {
        seen++;
        Pending pending = new Pending(++requests, session, timeline.now(), request);
        if (sampled && queue.size() < LONGEST_QUEUE) {
            queue.add(pending);
        } else if (sampled) {
            droppedFull++;
        }
        Answer answer = runtime.askLive(request, PATIENCE);
        pending.answer = answer;
        pending.latency = timeline.now() - pending.began;
        if (sampled) {
            listener.accept(pending.latency);
        }
        return answer;
    }

    private static Request withCookies(Request request, String cookies) {
        if (cookies.isEmpty()) {
            return request;
        }
        List<Request.Header> headers = new ArrayList<>(request.headers());
        headers.add(new Request.Header("Cookie", cookies));
        return new Request(request.service(), request.method(), request.target(), headers, request.body());
    }

    private static String cookiesAfter(Answer answer, String before) {
        if (answer instanceof Answer.Answered answered) {
            for (Request.Header header : answered.headers()) {
                if (header.name().equalsIgnoreCase("Set-Cookie")) {
                    return header.value().split(";", 2)[0];
                }
            }
        }
        return before;
    }

    private static void remember(Answer answer, List<String> created) {
        String id = answer.status() == 201 ? Call.field(answer, "id") : "";
        if (!id.isEmpty()) {
            created.add(id);
        }
    }

    /// The next exchange that live has answered; one that is still being answered holds back those after it.
    @Override
    public Optional<LiveExchange> poll() {
        Pending head = queue.peek();
        if (head == null || head.answer == null) {
            return Optional.empty();
        }
        queue.remove();
        delivered++;
        return Optional.of(head.exchange());
    }

    @Override
    public void onAnswer(LongConsumer told) {
        listener = told;
    }

    @Override
    public boolean isExhausted() {
        return queue.isEmpty() && (closed || timeline.now() >= shape.until());
    }

    /// Exchanges that wait to be polled are not counted yet.
    @Override
    public Ledger ledger() {
        return new Ledger(
                seen,
                delivered + droppedFull + droppedClosed,
                delivered,
                Map.of("queue full", droppedFull, "closed", droppedClosed));
    }

    @Override
    public void close() {
        closed = true;
        droppedClosed += queue.size();
        queue.clear();
    }

    private static final class Pending {
        private final long id;
        private final String session;
        private final long began;
        private final Request request;
        private @Nullable Answer answer;
        private long latency;

        private Pending(long id, String session, long began, Request request) {
            this.id = id;
            this.session = session;
            this.began = began;
            this.request = request;
        }

        private LiveExchange exchange() {
            Answer.Answered given =
                    answer instanceof Answer.Answered whole ? whole : new Answer.Answered(0, List.of(), new byte[0]);
            return new LiveExchange(
                    id,
                    session,
                    SimulatedRuntime.EPOCH.toEpochMilli() * 1_000_000 + began,
                    request,
                    given.status() == 0 ? OptionalInt.empty() : OptionalInt.of(given.status()),
                    given.headers(),
                    given.body(),
                    latency);
        }
    }
}
