package dev.understudy.mirror.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.mirror.MirrorTerms;
import dev.understudy.mirror.mapping.LiveAnswer;
import dev.understudy.mirror.mapping.ValueMapping;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Request.Header;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.TrafficMix;
import dev.understudy.scenario.TrafficMix.Ask;
import dev.understudy.scenario.TrafficMix.Piece.Hole;
import dev.understudy.scenario.TrafficMix.Piece.Literal;
import dev.understudy.scenario.TrafficMix.Pool;
import dev.understudy.scenario.TrafficMix.Saved;
import dev.understudy.scenario.TrafficMix.Text;
import dev.understudy.scenario.TrafficMix.Visit;
import dev.understudy.scenario.TrafficMix.Writing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Made-up users, on a clock that a test sets.
final class SyntheticSourceTest {
    private static final TrafficMix MIX = new TrafficMix(
            "m",
            10,
            Duration.ofMillis(100),
            Map.of("product", new Pool.Numbers(1, 9), "word", new Pool.Words(List.of("a b", "c\"d"))),
            List.of(
                    new Visit("look", 3, List.of(get(literal("/p/"), hole("product", Writing.URL)))),
                    new Visit(
                            "buy",
                            1,
                            List.of(
                                    post("/login", Map.of("s", new Saved.Cookie("session")), literal("{}")),
                                    post(
                                            "/orders",
                                            Map.of("order", new Saved.Json("/data/id")),
                                            literal("{\"n\":"),
                                            hole("product", Writing.JSON),
                                            literal(",\"w\":\""),
                                            hole("word", Writing.IN_STRING),
                                            literal("\"}")),
                                    get(literal("/orders/"), hole("order", Writing.URL))))));

    private final AtomicLong now = new AtomicLong(5_000_000_000L);

    private static Literal literal(String text) {
        return new Literal(text);
    }

    private static Hole hole(String name, Writing how) {
        return new Hole(name, how);
    }

    private static Ask get(TrafficMix.Piece... pieces) {
        return new Ask("GET", new Text(List.of(pieces)), Map.of(), new Text(List.of()), 200, Map.of());
    }

    private static Ask post(String target, Map<String, Saved> saved, TrafficMix.Piece... body) {
        return new Ask(
                "POST",
                new Text(List.of(literal(target))),
                Map.of("Content-Type", new Text(List.of(literal("application/json")))),
                new Text(List.of(body)),
                201,
                saved);
    }

    private SyntheticSource source(double perSecond, long seed) {
        return new SyntheticSource(MIX, perSecond, "shop", MirrorTerms.everything("salt"), seed, now::get);
    }

    private List<LiveExchange> take(SyntheticSource source, Duration during) {
        List<LiveExchange> taken = new ArrayList<>();
        long until = now.get() + during.toNanos();
        for (; now.get() <= until; now.addAndGet(50_000_000)) {
            for (Optional<LiveExchange> next = source.poll(); next.isPresent(); next = source.poll()) {
                taken.add(next.get());
            }
        }
        return taken;
    }

    private static List<String> described(List<LiveExchange> exchanges) {
        return exchanges.stream()
                .map(each -> each.id() + " " + each.session() + " " + each.beganEpochNanos() + " "
                        + each.request().method() + " " + each.request().target() + " "
                        + each.request().headers() + " "
                        + new String(each.request().body(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void theSameSeedAsksTheSameHoweverOftenItIsPolled() {
        List<String> often = described(take(source(50, 7), Duration.ofSeconds(20)));
        now.set(77);
        SyntheticSource seldom = source(50, 7);
        seldom.poll();
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        List<String> once = described(take(seldom, Duration.ZERO));

        assertThat(once).isEqualTo(often.subList(1, often.size()).subList(0, once.size()));
        assertThat(described(take(source(50, 8), Duration.ofSeconds(20)))).isNotEqualTo(often);
    }

    @Test
    void requestsComeAtTheRateInOrderAndNotBeforeTheirTime() {
        SyntheticSource source = source(200, 1);
        long began = now.get();
        List<LiveExchange> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++, now.addAndGet(100_000_000)) {
            for (Optional<LiveExchange> next = source.poll(); next.isPresent(); next = source.poll()) {
                assertThat(next.get().beganEpochNanos()).isLessThanOrEqualTo(now.get() - began + 1_000_000_000L);
                all.add(next.get());
            }
        }

        assertThat(all).isSortedAccordingTo(java.util.Comparator.comparingLong(LiveExchange::beganEpochNanos));
        assertThat(all.size() / 100.0).isCloseTo(200, within(10.0));
        assertThat(source.ledger().isBalanced()).isTrue();
        assertThat(source.isExhausted()).isFalse();
        source.close();
        assertThat(source.poll()).isEmpty();
        assertThat(source.isExhausted()).isTrue();
    }

    @Test
    void weightsSayWhatComesHowOftenAndUsersTakeTurns() {
        List<LiveExchange> all = take(source(300, 3), Duration.ofSeconds(60));
        long looks = all.stream()
                .filter(each -> each.request().target().startsWith("/p/"))
                .count();
        long logins = all.stream()
                .filter(each -> each.request().target().equals("/login"))
                .count();

        assertThat((double) looks / logins).isCloseTo(3, within(0.3));
        assertThat(all.stream().map(LiveExchange::session).collect(Collectors.toSet()))
                .hasSize(10);
    }

    @Test
    void whatAnArmMakesGoesIntoItsLaterRequests() {
        List<LiveExchange> visit = take(source(20, 5), Duration.ofSeconds(30)).stream()
                .collect(Collectors.groupingBy(LiveExchange::session))
                .values()
                .stream()
                .filter(each ->
                        each.stream().anyMatch(one -> one.request().target().equals("/orders")))
                .findFirst()
                .orElseThrow();
        ValueMapping mapping = new ValueMapping();
        Request read = null;
        for (LiveExchange exchange : visit) {
            Request asked = mapping.rewrite(exchange.request());
            if (exchange.request().target().equals("/login")) {
                mapping.learn(
                        new LiveAnswer(exchange), answer("{}", new Header("Set-Cookie", "session=abc123; Path=/")));
            } else if (exchange.request().target().equals("/orders")) {
                assertThat(asked.headers()).contains(new Header("Cookie", "session=abc123"));
                mapping.learn(new LiveAnswer(exchange), answer("{\"data\":{\"id\":17,\"sum\":12.5}}"));
            } else if (exchange.request().target().startsWith("/orders/")) {
                read = asked;
                break;
            }
        }

        assertThat(read).isNotNull();
        assertThat(read.target()).isEqualTo("/orders/17");
    }

    @Test
    void valuesAreWrittenAsTheirPlaceDemands() {
        List<String> bodies = take(source(100, 9), Duration.ofSeconds(20)).stream()
                .filter(each -> each.request().target().equals("/orders"))
                .map(each -> new String(each.request().body(), StandardCharsets.UTF_8))
                .toList();

        assertThat(bodies)
                .isNotEmpty()
                .allSatisfy(body -> assertThat(body).matches("\\{\"n\":[1-9],\"w\":\"(a b|c\\\\\"d)\"}"));
    }

    private static Answer answer(String body, Header... headers) {
        List<Header> all = new ArrayList<>(List.of(headers));
        all.add(new Header("Content-Type", "application/json"));
        return new Answer.Answered(201, all, body.getBytes(StandardCharsets.UTF_8));
    }
}
