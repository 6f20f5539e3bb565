package dev.understudy.mirror;

import static dev.understudy.mirror.Messages.live;
import static dev.understudy.mirror.Messages.request;
import static dev.understudy.mirror.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.mirror.message.Headers;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.Traffic.Redaction;
import dev.understudy.scenario.Traffic.Redaction.Kind;
import dev.understudy.scenario.Traffic.SessionKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedactorTest {
    private static final String CARD = "4111111111111111";

    private final KeyedHash hash = new KeyedHash("s");
    private final Redactor redactor = redactor(
            new Redaction(Kind.HEADER, "x-api-key"),
            new Redaction(Kind.COOKIE, "remember"),
            new Redaction(Kind.QUERY, "mail"),
            new Redaction(Kind.JSON, "/card/number"),
            new Redaction(Kind.JSON, "/cards/*/number"));

    private static Redactor redactor(Redaction... rules) {
        return Redactor.of(new MirrorTerms(1, Optional.empty(), List.of(rules), "s"), true);
    }

    private LiveExchange redacted(LiveExchange exchange) {
        return redactor.redact(exchange).orElseThrow();
    }

    @Test
    void everyRuleHidesItsValueBehindTheSameTokenInRequestAndAnswer() {
        LiveExchange redacted = redacted(live(
                request(
                        "POST",
                        "/pay?mail=ann%40example.org&n=1",
                        "{\"card\":{\"number\":\"" + CARD + "\"},\"cards\":[{\"number\":\"" + CARD + "\"}]}",
                        "X-Api-Key: topsecret",
                        "Authorization: Bearer t0ken",
                        "Cookie: remember=meeeee; theme=dark"),
                200,
                "{\"card\":{\"number\":\"" + CARD + "\"}}",
                "Set-Cookie: remember=meeeee; Path=/",
                "Location: /done?mail=ann%40example.org"));
        String token = hash.token(CARD);
        assertThat(token).matches("REDACTED-[0-9a-f]{16}");
        assertThat(text(redacted.request().body()))
                .isEqualTo("{\"card\":{\"number\":\"" + token + "\"},\"cards\":[{\"number\":\"" + token + "\"}]}");
        assertThat(text(redacted.answerBody())).isEqualTo("{\"card\":{\"number\":\"" + token + "\"}}");
        String mail = hash.token("ann@example.org");
        assertThat(redacted.request().target()).isEqualTo("/pay?mail=" + mail + "&n=1");
        assertThat(Headers.first(redacted.answerHeaders(), "location")).contains("/done?mail=" + mail);
        String remember = hash.token("meeeee");
        assertThat(Headers.first(redacted.request().headers(), "cookie"))
                .contains("remember=" + remember + "; theme=dark");
        assertThat(Headers.first(redacted.answerHeaders(), "set-cookie")).contains("remember=" + remember + "; Path=/");
        assertThat(redacted.toString()).doesNotContain("topsecret", "t0ken");
    }

    @Test
    void anEchoElsewhereIsHiddenToo() {
        LiveExchange redacted = redacted(live(
                request(
                        "POST",
                        "/pay/" + CARD,
                        "{\"card\":{\"number\":\"" + CARD + "\"},\"note\":\"card " + CARD + "!\"}"),
                400,
                "<p>Card " + CARD + " is not known</p>",
                "Content-Type: text/html",
                "X-Card: " + CARD));
        assertThat(redacted.request().target()
                        + text(redacted.request().body())
                        + text(redacted.answerBody())
                        + redacted.answerHeaders())
                .doesNotContain(CARD)
                .contains(hash.token(CARD));
    }

    @Test
    void formFieldsFollowTheQueryRules() {
        LiveExchange redacted = redacted(live(
                request(
                        "POST",
                        "/join",
                        "mail=ann%40example.org&b=2",
                        "Content-Type: application/x-www-form-urlencoded"),
                200,
                ""));
        assertThat(text(redacted.request().body())).isEqualTo("mail=" + hash.token("ann@example.org") + "&b=2");
    }

    @Test
    void aNumberAndAWholeSubtreeCanBeHidden() {
        Redactor all = redactor(new Redaction(Kind.JSON, "/card"));
        LiveExchange redacted = all.redact(
                        live(request("POST", "/pay", "{\"card\":{\"n\":4111,\"ok\":true}}"), 200, ""))
                .orElseThrow();
        assertThat(text(redacted.request().body()))
                .isEqualTo("{\"card\":{\"n\":\"" + hash.token("4111") + "\",\"ok\":\"" + hash.token("true") + "\"}}");
    }

    @Test
    void aBodyThatClaimsToBeJsonAndIsNotIsWithheld() {
        assertThat(redactor.redact(live(request("POST", "/pay", "{\"card\":"), 200, "")))
                .isEmpty();
        String twice = "{\"card\":{\"number\":\"" + CARD + "\",\"number\":\"\"}}";
        assertThat(redactor.redact(live(request("POST", "/pay", twice), 200, "")))
                .isEmpty();
    }

    @Test
    void authorizationStaysOnlyIfItIsTheSessionKey() {
        SessionKey key = new SessionKey(SessionKey.Where.HEADER, "Authorization");
        Redactor keeping = Redactor.of(new MirrorTerms(1, Optional.of(key), List.of(), "s"), true);
        LiveExchange exchange = live(request("GET", "/", "", "authorization: Bearer abcdef"), 200, "");
        assertThat(keeping.redact(exchange).orElseThrow().request().headers())
                .isEqualTo(exchange.request().headers());
        assertThat(Headers.first(redacted(exchange).request().headers(), "authorization"))
                .contains(hash.token("Bearer abcdef"));
    }

    /// The masking of data makes the same of the same under one secret: its own test has this vector too.
    @Test
    void aTokenIsWhatTheMaskingOfDataMakes() {
        assertThat(new KeyedHash("a secret").token("a@b.example")).isEqualTo("REDACTED-e263938e871cb5e4");
    }
}
