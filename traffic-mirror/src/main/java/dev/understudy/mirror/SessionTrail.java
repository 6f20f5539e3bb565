package dev.understudy.mirror;

import dev.understudy.mirror.message.Cookies;
import dev.understudy.mirror.message.Headers;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Request.Header;
import dev.understudy.scenario.Traffic.SessionKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells the session of an exchange: the cookie or header of the request, or, if the request has none, of the
/// answer, so that a log-in belongs to the session it opens. An answer that renews the key of a session
/// doesn't start another: the new key is remembered as an alias of the first. Thread-safe; remembers at most
/// [#MOST_ALIASES] renewals, the least recently used go first.
public final class SessionTrail {
    /// How many renewed keys are remembered.
    static final int MOST_ALIASES = 20_000;

    private final Optional<SessionKey> by;
    private final Map<String, String> aliases = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_ALIASES;
        }
    };

    /// A trail by that cookie or header; without one there is only the connection.
    public SessionTrail(Optional<SessionKey> by) {
        this.by = by;
    }

    /// The key of the session the exchange belongs to; `connection` if it shows none.
    public synchronized String key(Request request, List<Header> answerHeaders, String connection) {
        if (by.isEmpty()) {
            return connection;
        }
        Optional<String> sent = sent(request.headers(), by.get());
        Optional<String> given = given(answerHeaders, by.get());
        if (sent.isEmpty()) {
            return given.map(this::first).orElse(connection);
        }
        String first = first(sent.get());
        given.filter(renewed -> !renewed.equals(sent.get()) && !aliases.containsKey(renewed))
                .ifPresent(renewed -> aliases.put(renewed, first));
        return first;
    }

    private String first(String key) {
        return aliases.getOrDefault(key, key);
    }

    /// The key that a request shows.
    static Optional<String> sent(List<Header> headers, SessionKey by) {
        return by.where() == SessionKey.Where.COOKIE ? Cookies.sent(headers, by.name()) : header(headers, by);
    }

    /// The key that an answer hands out.
    static Optional<String> given(List<Header> headers, SessionKey by) {
        return by.where() == SessionKey.Where.COOKIE ? Cookies.given(headers, by.name()) : header(headers, by);
    }

    private static Optional<String> header(List<Header> headers, SessionKey by) {
        return Headers.first(headers, by.name()).filter(value -> !value.isEmpty());
    }
}
