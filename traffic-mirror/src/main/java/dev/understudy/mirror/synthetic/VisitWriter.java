package dev.understudy.mirror.synthetic;

import dev.understudy.runtime.Request;
import dev.understudy.runtime.Request.Header;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.TrafficMix;
import dev.understudy.scenario.TrafficMix.Ask;
import dev.understudy.scenario.TrafficMix.Pool;
import dev.understudy.scenario.TrafficMix.Saved;
import dev.understudy.scenario.TrafficMix.Visit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Writes one visit after the other. What an answer shall bring up, an id or a cookie, is not known before an arm
/// gives it; a number of 16 digits that nothing else has stands for it, in the answer that live is said to have
/// given and in the later requests. Not thread-safe; no clock.
final class VisitWriter {
    private static final long STAND_INS = 9_000_000_000_000_000L;

    private final TrafficMix mix;
    private final String service;
    private final long gapNanos;
    private final SplittableRandom arrivals;
    private final SplittableRandom choices;
    private long visits;
    private long exchanges;
    private long standIns;
    private long next;

    VisitWriter(TrafficMix mix, double perSecond, String service, long seed) {
        this.mix = mix;
        this.service = service;
        this.gapNanos = Math.max(1, (long) (mix.requestsAVisit() / perSecond * 1e9));
        SplittableRandom root = new SplittableRandom(seed);
        this.arrivals = root.split();
        this.choices = root.split();
    }

    /// When the next visit begins, in nanoseconds from the beginning.
    long next() {
        return next;
    }

    /// The exchanges of the next visit, in order.
    List<LiveExchange> write() {
        visits++;
        long user = (visits - 1) % mix.users() + 1;
        SplittableRandom own = choices.split();
        Map<String, String> values = new TreeMap<>();
        values.put("user", Long.toString(user));
        values.put("visit", Long.toString(visits));
        values.put("unique", "u" + Long.toHexString(own.nextLong() | Long.MIN_VALUE));
        new TreeMap<>(mix.data()).forEach((name, pool) -> values.put(name, drawn(pool, own)));
        Map<String, String> cookies = new LinkedHashMap<>();
        List<LiveExchange> written = new ArrayList<>();
        long at = next;
        for (Ask ask : chosen(own).requests()) {
            written.add(exchange(ask, at, "user:" + user, values, cookies));
            at += exponential(mix.think().toNanos(), own);
        }
        next += exponential(gapNanos, arrivals);
        return written;
    }

    private Visit chosen(SplittableRandom random) {
        long left =
                random.nextLong(mix.visits().stream().mapToLong(Visit::weight).sum());
        for (Visit visit : mix.visits()) {
            left -= visit.weight();
            if (left < 0) {
                return visit;
            }
        }
        return mix.visits().getLast();
    }

    private static String drawn(Pool pool, SplittableRandom random) {
        return switch (pool) {
            case Pool.Numbers(long from, long to) -> Long.toString(random.nextLong(from, to + 1));
            case Pool.Words(List<String> words) -> words.get(random.nextInt(words.size()));
        };
    }

    private static long exponential(long mean, SplittableRandom random) {
        return Math.round(-Math.log(1 - random.nextDouble()) * mean);
    }

    private LiveExchange exchange(
            Ask ask, long at, String session, Map<String, String> values, Map<String, String> cookies) {
        List<Header> headers = new ArrayList<>();
        new TreeMap<>(ask.headers()).forEach((name, text) -> headers.add(new Header(name, Written.text(text, values))));
        if (!cookies.isEmpty()) {
            List<String> all = cookies.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .toList();
            headers.add(new Header("Cookie", String.join("; ", all)));
        }
        Request request = new Request(
                service,
                ask.method(),
                Written.text(ask.target(), values),
                headers,
                Written.text(ask.body(), values).getBytes(StandardCharsets.UTF_8));
        List<Header> answered = new ArrayList<>();
        Map<String, String> leaves = new TreeMap<>();
        new TreeMap<>(ask.saved()).forEach((name, saved) -> {
            String standIn = Long.toString(STAND_INS + ++standIns);
            values.put(name, standIn);
            switch (saved) {
                case Saved.Json(String pointer) -> leaves.put(pointer, standIn);
                case Saved.Cookie(String cookie) -> {
                    cookies.put(cookie, standIn);
                    answered.add(new Header("Set-Cookie", cookie + "=" + standIn));
                }
            }
        });
        byte[] body = new byte[0];
        if (!leaves.isEmpty()) {
            answered.add(new Header("Content-Type", "application/json"));
            body = Written.json(leaves).getBytes(StandardCharsets.UTF_8);
        }
        return new LiveExchange(++exchanges, session, at, request, OptionalInt.of(ask.status()), answered, body, 0);
    }
}
