package dev.understudy.mirror.capture;

import static dev.understudy.mirror.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.mirror.MirrorTerms;
import dev.understudy.mirror.message.Cookies;
import dev.understudy.mirror.message.Headers;
import dev.understudy.runtime.TrafficSource;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.Traffic.SessionKey;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CaptureTest {
    private static final MirrorTerms TERMS =
            new MirrorTerms(1, Optional.of(new SessionKey(SessionKey.Where.COOKIE, "session")), List.of(), "salt");

    private static CaptureSource source(MirrorTerms terms, String... lines) {
        return CaptureSource.read("day.jsonl", bytes(lines), "gateway", terms);
    }

    private static byte[] bytes(String... lines) {
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static List<LiveExchange> all(TrafficSource source) {
        List<LiveExchange> exchanges = new ArrayList<>();
        for (Optional<LiveExchange> next = source.poll(); next.isPresent(); next = source.poll()) {
            exchanges.add(next.get());
        }
        assertThat(source.isExhausted()).isTrue();
        assertThat(source.ledger().isBalanced()).isTrue();
        return exchanges;
    }

    @Test
    void theSimplestFormIsRead() {
        List<LiveExchange> read = all(source(
                TERMS,
                "{\"offset_ms\":20.5,\"method\":\"POST\",\"path\":\"/orders\",\"headers\":{\"A\":\"b\",\"C\":[\"d\",\"e\"]},"
                        + "\"body\":{\"n\":1.50},\"status\":201,\"response\":{\"headers\":{\"X\":\"y\"},\"body\":\"ok\"}}",
                "",
                "{\"offset_ms\":3,\"method\":\"GET\",\"path\":\"/?q=1\",\"body_base64\":\"AP8=\"}"));
        assertThat(read).extracting(LiveExchange::beganEpochNanos).containsExactly(3_000_000L, 20_500_000L);
        LiveExchange first = read.getFirst();
        assertThat(first.request().service()).isEqualTo("gateway");
        assertThat(first.request().target()).isEqualTo("/?q=1");
        assertThat(first.request().body()).containsExactly(0, 0xff);
        assertThat(first.status()).isEmpty();
        LiveExchange second = read.get(1);
        assertThat(text(second.request().body())).isEqualTo("{\"n\":1.50}");
        assertThat(Headers.all(second.request().headers(), "c")).containsExactly("d", "e");
        assertThat(Headers.first(second.request().headers(), "content-type")).contains("application/json");
        assertThat(second.status()).hasValue(201);
        assertThat(text(second.answerBody())).isEqualTo("ok");
        assertThat(second.session()).isNotEqualTo(first.session()).matches("[0-9a-f]{16}");
    }

    @Test
    void linesThatDoNotSayWhatLiveAnsweredComeWithoutAStatus() {
        List<LiveExchange> read = all(source(
                TERMS,
                "{\"offset_ms\":1,\"method\":\"GET\",\"path\":\"/a\"}",
                "{\"offset_ms\":2,\"method\":\"GET\",\"path\":\"/b\",\"status\":null}",
                "{\"offset_ms\":3,\"method\":\"GET\",\"path\":\"/c\",\"response\":{\"body\":\"ok\"}}",
                "{\"offset_ms\":4,\"method\":\"GET\",\"path\":\"/d\",\"status\":204}"));

        assertThat(read)
                .extracting(LiveExchange::status)
                .containsExactly(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(204));
    }

    @Test
    void anUnknownAnswerIsUnknownAgainWhenWrittenAndRead() throws IOException {
        StringWriter file = new StringWriter();
        try (CaptureWriter writer = new CaptureWriter(file, TERMS)) {
            for (LiveExchange exchange : all(source(
                    TERMS,
                    "{\"offset_ms\":1,\"method\":\"GET\",\"path\":\"/a\"}",
                    "{\"offset_ms\":2,\"method\":\"GET\",\"path\":\"/b\",\"status\":500}"))) {
                writer.write(exchange);
            }
        }

        assertThat(all(source(TERMS, file.toString().split("\n"))))
                .extracting(LiveExchange::status)
                .containsExactly(OptionalInt.empty(), OptionalInt.of(500));
    }

    @Test
    void everyErrorIsNamedWithItsPlaceAtOnce() {
        assertThatThrownBy(() -> source(
                        TERMS,
                        "{\"offset_ms\":-1,\"method\":\"get\",\"path\":\"orders\"}",
                        "{\"method\":\"GET\",\"path\":\"/\",\"stauts\":200}",
                        "nonsense",
                        "{\"offset_ms\":1,\"method\":\"GET\",\"path\":\"/\",\"headers\":{\"A\":{}},\"status\":99}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("day.jsonl:1:14: error: 'offset_ms' must be from 0")
                .hasMessageContaining("day.jsonl:1:26: error: 'method' must be a method such as GET, not \"get\"")
                .hasMessageContaining("day.jsonl:1:39: error: 'path' must begin with /")
                .hasMessageContaining("day.jsonl:2:1: error: 'offset_ms' is missing")
                .hasMessageContaining("day.jsonl:2:28: error: unknown key 'stauts'")
                .hasMessageContaining("day.jsonl:3:")
                .hasMessageContaining("header 'A' must be a string")
                .hasMessageContaining("'status' must be a status from 100 to 599, not 99");
    }

    @Test
    void problemsAreCapped() {
        String[] lines = new String[500];
        java.util.Arrays.fill(lines, "{\"x\":1}");
        assertThat(CaptureSource.check("f", bytes(lines))).hasSize(CaptureReader.MOST_PROBLEMS);
        assertThat(CaptureSource.check("f", new byte[0])).hasSize(1);
        assertThat(CaptureSource.check("f", new byte[] {'{', (byte) 0xff, '}'}))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("UTF-8"));
    }

    @Test
    void samplingTakesWholeSessions() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            lines.add("{\"offset_ms\":" + i + ",\"method\":\"GET\",\"path\":\"/\",\"headers\":{\"Cookie\":\"session=s"
                    + i % 200 + "\"}}");
        }
        CaptureSource source =
                source(new MirrorTerms(0.2, TERMS.by(), List.of(), "salt"), lines.toArray(String[]::new));
        List<LiveExchange> taken = all(source);
        long sessions = taken.stream().map(LiveExchange::session).distinct().count();
        assertThat(sessions).isBetween(15L, 70L);
        assertThat(taken).hasSize((int) sessions * 10);
        assertThat(source.ledger().seen()).isEqualTo(2_000);
        assertThat(source.ledger().offered()).isEqualTo(taken.size());
    }

    @Test
    void whatIsWrittenReplaysWithTheSessionsHashed() throws IOException {
        List<LiveExchange> original = all(
                source(
                        TERMS,
                        "{\"offset_ms\":1000,\"method\":\"POST\",\"path\":\"/login\",\"headers\":{\"Authorization\":\"Basic YTpi\"},"
                                + "\"status\":200,\"latency_ms\":2.5,\"response\":{\"headers\":{\"Set-Cookie\":\"session=TOPSECRET1; Path=/\"},"
                                + "\"body_base64\":\"AP8=\"}}",
                        "{\"offset_ms\":1500.25,\"method\":\"GET\",\"path\":\"/me\",\"headers\":{\"Cookie\":\"a=1; session=TOPSECRET1\"},"
                                + "\"status\":200,\"response\":{\"body\":\"you are TOPSECRET1, ünï\",\"headers\":{\"Content-Type\":\"text/plain\"}}}"));
        StringWriter out = new StringWriter();
        try (CaptureWriter writer = new CaptureWriter(out, TERMS)) {
            for (LiveExchange exchange : original) {
                writer.write(exchange);
            }
        }
        assertThat(out.toString()).doesNotContain("TOPSECRET1").doesNotContainIgnoringCase("authorization");

        List<LiveExchange> replayed = all(source(TERMS, out.toString()));
        assertThat(replayed).extracting(LiveExchange::beganEpochNanos).containsExactly(0L, 500_250_000L);
        assertThat(replayed.get(0).answerBody()).containsExactly(0, 0xff);
        assertThat(replayed.get(0).latencyNanos()).isEqualTo(2_500_000);
        assertThat(text(replayed.get(1).answerBody()))
                .startsWith("you are REDACTED-")
                .endsWith("ünï");
        String given = Cookies.given(replayed.get(0).answerHeaders(), "session").orElseThrow();
        assertThat(Cookies.sent(replayed.get(1).request().headers(), "session")).contains(given);
        assertThat(replayed.get(0).session()).isEqualTo(replayed.get(1).session());
    }
}
