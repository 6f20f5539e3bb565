package dev.understudy.mirror.feed;

import static dev.understudy.mirror.Messages.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.mirror.MirrorTerms;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.Traffic.Redaction;
import dev.understudy.scenario.Traffic.SessionKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FeedCodecTest {
    @Test
    void everyLineSurvivesTheWire() {
        LiveExchange exchange = new LiveExchange(
                7,
                "00ff",
                1_763_719_200_123_456_789L,
                new Request("shop", "POST", "/a?b=%20", headers("A: 1", "A: \"ü\n"), new byte[] {0, -1, 10}),
                OptionalInt.of(201),
                headers("Set-Cookie: s=1"),
                new byte[] {13, 10},
                42);
        FeedLine.Frame frame =
                (FeedLine.Frame) FeedCodec.decode(FeedCodec.encode(new FeedLine.Frame(exchange)), "shop");
        assertThat(frame.exchange()).usingRecursiveComparison().isEqualTo(exchange);
        assertThat(FeedCodec.encode(new FeedLine.Frame(exchange))).doesNotContain('\n');
        FeedLine counts = new FeedLine.Counts(9, 5, 3, Map.of("late", 2L), 1_763_719_200_123_456_789L);
        assertThat(FeedCodec.decode(FeedCodec.encode(counts), "shop")).isEqualTo(counts);
        FeedLine hello = new FeedLine.Hello(1, "shop", 5);
        assertThat(FeedCodec.decode(FeedCodec.encode(hello), "shop")).isEqualTo(hello);
    }

    @Test
    void whatIsNoFeedLineIsRefused() {
        assertThatThrownBy(() -> FeedCodec.decode("{\"a\":1}".getBytes(StandardCharsets.UTF_8), "shop"))
                .hasMessageContaining("not a feed line");
    }

    @Test
    void aQuerySurvivesItsOwnTarget() {
        FeedQuery query = new FeedQuery(
                new MirrorTerms(
                        0.2,
                        Optional.of(new SessionKey(SessionKey.Where.HEADER, "X-S")),
                        List.of(
                                new Redaction(Redaction.Kind.JSON, "/a b/c&d~1"),
                                new Redaction(Redaction.Kind.QUERY, "mail")),
                        "s+/="),
                Duration.ofMillis(1_500));
        assertThat(FeedQuery.parse(query.target())).isEqualTo(query);
    }
}
