package dev.understudy.analysis.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.journal.ExchangeRecord.Outcome;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Makes histories for tests: each exchange begins 10 ms after the one before and takes 5 ms, unless told
/// otherwise.
final class Exchanges {
    static final long MS = 1_000_000L;

    private final List<PairedExchange> all = new ArrayList<>();
    private String session = "s1";
    private long takes = 5 * MS;

    /// What one arm was asked and said.
    record Side(Outcome outcome, String target, String asked, int status, String answered) {
        static Side ok(String target, String asked, String answered) {
            return new Side(Outcome.ACKNOWLEDGED, target, asked, 200, answered);
        }

        static Side refused(String target, String asked) {
            return new Side(Outcome.REFUSED, target, asked, 503, "");
        }

        static Side unknown(String target, String asked) {
            return new Side(Outcome.UNKNOWN, target, asked, 0, "");
        }
    }

    Exchanges session(String name) {
        session = name;
        return this;
    }

    Exchanges taking(long millis) {
        takes = millis * MS;
        return this;
    }

    Exchanges add(String method, Side control, Side candidate) {
        long id = all.size() + 1L;
        long at = id * 10 * MS;
        String route = method + " shop" + control.target().replaceAll("/\\d+", "/{}");
        LiveExchange live = new LiveExchange(
                id,
                session,
                at,
                request(method, control),
                OptionalInt.of(200),
                List.of(),
                control.answered().getBytes(UTF_8),
                MS);
        boolean isWrite = !method.equals("GET");
        all.add(new PairedExchange(
                id, session, route, isWrite, live, arm(method, control, at), arm(method, candidate, at)));
        return this;
    }

    /// Both arms say the same.
    Exchanges both(String method, String target, String asked, String answered) {
        return add(method, Side.ok(target, asked, answered), Side.ok(target, asked, answered));
    }

    private ArmExchange arm(String method, Side side, long at) {
        Answer answer = side.status() == 0
                ? new Answer.Unanswered(Answer.Why.TIMED_OUT, "")
                : new Answer.Answered(side.status(), List.of(), side.answered().getBytes(UTF_8));
        return new ArmExchange(request(method, side), answer, side.outcome(), at, at + takes);
    }

    private static Request request(String method, Side side) {
        return new Request(
                "shop",
                method,
                side.target(),
                List.of(new Request.Header("content-type", "application/json")),
                side.asked().getBytes(UTF_8));
    }

    WriteHistory history() {
        return new WriteHistory(all);
    }
}
