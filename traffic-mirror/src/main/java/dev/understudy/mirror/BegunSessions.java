package dev.understudy.mirror;

import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.Traffic.SessionKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Sessions that begin within a recording. A recording holds hashes in place of session keys: a copy of live's data
/// does not know those of sessions that began before, and would turn their users away where live served them. A
/// session that begins later is opened again in the arm, with a key of the arm's own.
public final class BegunSessions {
    private BegunSessions() {}

    /// Those of `recorded`, in the order in which they began, whose key was given by an answer among them, or that
    /// have none. All, if no answer gives one: then callers choose their keys, or get them in bodies.
    public static List<LiveExchange> among(List<LiveExchange> recorded, Optional<SessionKey> by) {
        if (by.isEmpty()
                || recorded.stream().allMatch(each -> given(each, by.get()).isEmpty())) {
            return recorded;
        }
        Set<String> known = new HashSet<>();
        List<LiveExchange> begun = new ArrayList<>();
        for (LiveExchange exchange : recorded) {
            if (SessionTrail.sent(exchange.request().headers(), by.get())
                    .map(known::contains)
                    .orElse(true)) {
                given(exchange, by.get()).ifPresent(known::add);
                begun.add(exchange);
            }
        }
        return List.copyOf(begun);
    }

    private static Optional<String> given(LiveExchange exchange, SessionKey by) {
        return SessionTrail.given(exchange.answerHeaders(), by);
    }
}
