package dev.understudy.mirror;

import static dev.understudy.mirror.Messages.headers;
import static dev.understudy.mirror.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.scenario.Traffic.SessionKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionSampleTest {
    private static final int SESSIONS = 20_000;
    private final KeyedHash hash = new KeyedHash("salt");

    private List<String> taken(double share, KeyedHash under) {
        SessionSample sample = new SessionSample(share, under);
        return IntStream.range(0, SESSIONS)
                .mapToObj(i -> "s" + i)
                .filter(sample::takes)
                .toList();
    }

    @Test
    void theShareOfSessionsIsTheOneAskedFor() {
        double sigma = Math.sqrt(SESSIONS * 0.2 * 0.8);
        assertThat((double) taken(0.2, hash).size()).isBetween(SESSIONS * 0.2 - 4 * sigma, SESSIONS * 0.2 + 4 * sigma);
        assertThat(taken(1, hash)).hasSize(SESSIONS);
    }

    @Test
    void aSmallerShareIsPartOfALarger() {
        assertThat(taken(0.10, hash)).containsAll(taken(0.05, hash)).containsAll(taken(0.000_5, hash));
    }

    @Test
    void theSaltDecidesWhichAndNothingElse() {
        assertThat(taken(0.2, new KeyedHash("salt"))).isEqualTo(taken(0.2, hash));
        assertThat(taken(0.2, new KeyedHash("other"))).isNotEqualTo(taken(0.2, hash));
    }

    @Test
    void aShareOfNothingIsRefused() {
        assertThatThrownBy(() -> new SessionSample(0, hash)).hasMessageContaining("not 0.0");
        assertThatThrownBy(() -> new SessionSample(Double.NaN, hash)).hasMessageContaining("NaN");
    }

    @Test
    void aLogInBelongsToTheSessionItOpensAndARenewedCookieStaysInIt() {
        SessionTrail trail = new SessionTrail(Optional.of(new SessionKey(SessionKey.Where.COOKIE, "session")));
        String login = trail.key(request("POST", "/login", ""), headers("Set-Cookie: session=A; Path=/"), "c1");
        String renewed =
                trail.key(request("GET", "/", "", "Cookie: x=1; session=A"), headers("Set-Cookie: session=B"), "c2");
        String after = trail.key(request("GET", "/", "", "Cookie: session=B"), List.of(), "c3");
        String out = trail.key(
                request("GET", "/", "", "Cookie: session=B"), headers("Set-Cookie: session=; Max-Age=0"), "c3");
        assertThat(List.of(login, renewed, after, out)).containsOnly("A");
        assertThat(trail.key(request("GET", "/", ""), List.of(), "c4")).isEqualTo("c4");
    }
}
