package dev.understudy.mirror;

import static dev.understudy.mirror.Messages.live;
import static dev.understudy.mirror.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.Traffic.SessionKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BegunSessionsTest {
    private static final Optional<SessionKey> COOKIE = Optional.of(new SessionKey(SessionKey.Where.COOKIE, "session"));
    private static final Optional<SessionKey> HEADER = Optional.of(new SessionKey(SessionKey.Where.HEADER, "X-Token"));

    private static final LiveExchange OLD = by("Cookie: session=old");
    private static final LiveExchange OLD_RENEWED =
            live(request("GET", "/a", "", "Cookie: session=old"), 200, "", "Set-Cookie: session=renewed");
    private static final LiveExchange ANYBODY = by();
    private static final LiveExchange LOGIN =
            live(request("POST", "/login", ""), 200, "", "Set-Cookie: session=new; Path=/; HttpOnly");
    private static final LiveExchange NEW = by("Cookie: a=b; session=new");
    private static final LiveExchange NEW_RENEWED =
            live(request("GET", "/a", "", "Cookie: session=new"), 200, "", "Set-Cookie: session=newer");
    private static final LiveExchange NEWER = by("Cookie: session=newer");

    private static LiveExchange by(String... headers) {
        return live(request("GET", "/a", "", headers), 200, "");
    }

    @Test
    void whoCameWithAKeyThatNobodyGaveThemIsLeftOutTogetherWithWhatBecomesOfIt() {
        List<LiveExchange> all = List.of(
                OLD, NEW, ANYBODY, LOGIN, OLD_RENEWED, NEW, by("Cookie: session=renewed"), NEW_RENEWED, NEWER, NEW);

        assertThat(BegunSessions.among(all, COOKIE)).containsExactly(ANYBODY, LOGIN, NEW, NEW_RENEWED, NEWER, NEW);
    }

    @Test
    void aKeyInAHeaderIsLikeOneInACookie() {
        LiveExchange token = live(request("POST", "/token", ""), 200, "", "X-Token: t1");

        assertThat(BegunSessions.among(List.of(by("X-Token: t0"), token, by("X-Token: t1")), HEADER))
                .hasSize(2)
                .startsWith(token);
    }

    @Test
    void whereNoAnswerGivesAKeyAllStay() {
        List<LiveExchange> all = List.of(OLD, ANYBODY, NEW);

        assertThat(BegunSessions.among(all, COOKIE)).isEqualTo(all);
        assertThat(BegunSessions.among(List.of(OLD, LOGIN), Optional.empty())).containsExactly(OLD, LOGIN);
    }
}
