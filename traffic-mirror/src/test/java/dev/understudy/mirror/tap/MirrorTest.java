package dev.understudy.mirror.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.mirror.Messages;
import dev.understudy.mirror.MirrorTerms;
import dev.understudy.mirror.feed.MirrorSubscription;
import dev.understudy.mirror.message.Headers;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Traffic.Redaction;
import dev.understudy.scenario.Traffic.Redaction.Kind;
import dev.understudy.scenario.Traffic.SessionKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The tap with its subscribers, over real sockets on loopback.
@Timeout(60)
class MirrorTest {
    private static final Endpoint ANY = new Endpoint("127.0.0.1", 0);
    private static final Optional<SessionKey> SESSION = Optional.of(new SessionKey(SessionKey.Where.COOKIE, "session"));
    private static final MirrorTerms ALL = new MirrorTerms(1, SESSION, List.of(), "salt");
    private static final MirrorSettings.Limits NARROW =
            new MirrorSettings.Limits(256 << 10, 32L << 20, 20_000, 256 << 10, 8);

    private final RawServer server = new RawServer(Shoppers.echo());
    private MirrorTap tap = tap(MirrorSettings.Limits.USUAL);

    MirrorTest() throws IOException {}

    private MirrorTap tap(MirrorSettings.Limits limits) {
        return MirrorTap.start(new MirrorSettings("shop", ANY, ANY, List.of(server.at()), limits));
    }

    @AfterEach
    void stop() throws IOException {
        tap.close();
        server.close();
    }

    private MirrorSubscription subscribe(MirrorTerms terms) {
        return MirrorSubscription.connect(tap.feed(), "shop", terms, MirrorSubscription.Options.USUAL);
    }

    private static List<LiveExchange> poll(MirrorSubscription from, int wanted) {
        List<LiveExchange> got = new ArrayList<>();
        await(() -> {
            from.poll().ifPresent(got::add);
            return got.size() >= wanted;
        });
        return got;
    }

    /// Lets others run: two cores have to carry users, live, the tap and its subscribers.
    private static void rest() {
        LockSupport.parkNanos(500_000);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("the condition holds within a minute")
                    .isLessThan(deadline);
            rest();
        }
    }

    @Test
    void anExchangeArrivesAsLiveSawIt() throws IOException {
        try (MirrorSubscription subscription = subscribe(ALL);
                RawClient client = new RawClient(tap.at())) {
            Shoppers.exchange(client, "POST /login?a=b HTTP/1.1\nHost: shop\nX-A: 1\n", "s7");
            LiveExchange exchange = poll(subscription, 1).getFirst();
            assertThat(exchange.request().service()).isEqualTo("shop");
            assertThat(exchange.request().method()).isEqualTo("POST");
            assertThat(exchange.request().target()).isEqualTo("/login?a=b");
            assertThat(Headers.first(exchange.request().headers(), "x-a")).contains("1");
            assertThat(Headers.first(exchange.request().headers(), "x-forwarded-for"))
                    .isEmpty();
            assertThat(Messages.text(exchange.request().body())).isEqualTo("s7");
            assertThat(exchange.status()).hasValue(200);
            assertThat(Headers.first(exchange.answerHeaders(), "set-cookie")).contains("session=s7; Path=/");
            assertThat(Messages.text(exchange.answerBody())).isEqualTo("s7");
            assertThat(exchange.session()).isEqualTo(ALL.hash().session("s7"));
            assertThat(exchange.latencyNanos()).isPositive();
            assertThat(Math.abs(subscription.clockAheadNanos()))
                    .isLessThan(Duration.ofMinutes(1).toNanos());
        }
    }

    @Test
    void whoListensHearsHowLongLiveTookAlthoughNobodyPolls() throws IOException {
        List<Long> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (MirrorSubscription subscription = subscribe(ALL);
                RawClient client = new RawClient(tap.at())) {
            subscription.onAnswer(heard::add);
            Shoppers.exchange(client, "GET / HTTP/1.1\nHost: shop\n", "s7");
            await(() -> !heard.isEmpty());

            assertThat(heard).containsExactly(poll(subscription, 1).getFirst().latencyNanos());
        }
    }

    @Test
    void wholeSessionsAreTakenInTheOrderInWhichTheyBegan() throws Exception {
        MirrorTerms some = new MirrorTerms(0.3, SESSION, List.of(), "salt");
        List<String> expected = IntStream.range(0, 40)
                .mapToObj(i -> "s" + i)
                .filter(some.sessions()::takes)
                .map(some.hash()::session)
                .toList();
        try (MirrorSubscription subscription = subscribe(some)) {
            assertThat(Shoppers.shop(tap.at(), 40, 10, "x".repeat(100))).isZero();
            List<LiveExchange> got = poll(subscription, expected.size() * 11);
            Map<String, Long> perSession =
                    got.stream().collect(Collectors.groupingBy(LiveExchange::session, Collectors.counting()));
            assertThat(perSession.keySet()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(perSession.values()).containsOnly(11L);
            assertThat(got).extracting(LiveExchange::beganEpochNanos).isSorted();
            await(() -> subscription.ledger().seen() == 440);
            assertThat(subscription.ledger().offered()).isEqualTo(got.size());
            assertThat(subscription.ledger().dropped()).isEmpty();
        }
    }

    @Test
    void nothingThatIsRedactedLeavesTheTap() throws IOException {
        MirrorTerms terms = new MirrorTerms(
                1,
                SESSION,
                List.of(
                        new Redaction(Kind.JSON, "/card/number"),
                        new Redaction(Kind.QUERY, "mail"),
                        new Redaction(Kind.COOKIE, "remember"),
                        new Redaction(Kind.HEADER, "x-key")),
                "salt");
        String target = new dev.understudy.mirror.feed.FeedQuery(terms, Duration.ofSeconds(5)).target();
        try (RawClient feed = new RawClient(tap.feed());
                RawClient client = new RawClient(tap.at())) {
            feed.send("GET " + target + " HTTP/1.1\nHost: a\n\n");
            feed.head();
            assertThat(Shoppers.exchange(
                            client,
                            "POST /pay?mail=ann%40x.org HTTP/1.1\nHost: shop\nAuthorization: Bearer t0ps3cret\nX-Key: k3yk3y\n"
                                    + "Cookie: session=s1; remember=m3m3m3\n",
                            "{\"card\":{\"number\":4111111111111111},\"again\":\"4111111111111111\"}"))
                    .isTrue();
            StringBuilder said = new StringBuilder();
            while (!said.toString().contains("\"answerBody\"")
                    || !said.toString().endsWith("\n\r\n")) {
                said.append(feed.read(1));
            }
            String clear = said + decoded(said.toString());
            assertThat(clear).contains("REDACTED-", "session=s1", ALL.hash().session("s1"));
            assertThat(clear).doesNotContain("4111111111111111", "t0ps3cret", "k3yk3y", "m3m3m3", "ann@", "ann%40");
        }
    }

    private static String decoded(String frame) {
        StringBuilder clear = new StringBuilder();
        Matcher body = Pattern.compile("[bB]ody\":\"([A-Za-z0-9+/=]*)\"").matcher(frame);
        while (body.find()) {
            clear.append(Messages.text(Base64.getDecoder().decode(body.group(1))));
        }
        return clear.toString();
    }

    @Test
    void slowHungAndDyingSubscribersDontTouchLive() throws Exception {
        tap.close();
        tap = tap(NARROW);
        String target = "/feed?by=cookie:session&idle=300ms";
        MirrorSubscription reading = subscribe(ALL);
        RawClient slow = new RawClient(tap.feed());
        try (RawClient hung = new RawClient(tap.feed());
                RawClient dying = new RawClient(tap.feed())) {
            for (RawClient subscriber : List.of(hung, dying, slow)) {
                subscriber.send("GET " + target + " HTTP/1.1\nHost: a\n\n");
                subscriber.head();
            }
            Thread sipping = Thread.ofVirtual().start(() -> sip(slow));
            Thread polling = Thread.ofVirtual().start(() -> {
                while (!reading.isExhausted()) {
                    if (reading.poll().isEmpty()) {
                        rest();
                    }
                }
            });
            Thread dies = Thread.ofVirtual().start(() -> {
                try (dying) {
                    dying.read(50_000);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(Shoppers.shop(tap.at(), 20, 30, "y".repeat(20_000))).isZero();
            dies.join();
            await(() -> reading.ledger().offered() == 20 * 31);
            assertThat(reading.ledger().isBalanced()).isTrue();
            assertThat(reading.ledger().seen()).isEqualTo(20 * 31);
            // The hung one is given up, the dead one is gone; live goes on.
            slow.close();
            sipping.join();
            await(() -> tap.subscribers().size() <= 1);
            assertThat(Shoppers.shop(tap.at(), 2, 5, "z")).isZero();
            reading.close();
            polling.join();
            assertThat(reading.ledger().isBalanced()).isTrue();
        }
    }

    private static void sip(RawClient slow) {
        try {
            while (!slow.read(10).isEmpty()) {
                rest();
            }
        } catch (IOException closed) {
            // the end
        }
    }

    @Test
    void aLargeBodyIsCountedAndPassesUnharmed() throws Exception {
        try (MirrorSubscription subscription = subscribe(ALL)) {
            assertThat(Shoppers.shop(tap.at(), 1, 1, "y".repeat(300_000))).isZero();
            poll(subscription, 1);
            await(() -> subscription.ledger().offered() == 2);
            assertThat(subscription.ledger().dropped()).isEqualTo(Map.of("body-too-large", 1L));
        }
    }

    @Test
    void theEndOfTheTapIsTheEndOfTheFeed() throws Exception {
        MirrorSubscription subscription = subscribe(ALL);
        assertThat(Shoppers.shop(tap.at(), 4, 5, "z")).isZero();
        await(() -> tap.subscribers().getFirst().delivered() == 24);
        tap.close();
        await(() -> subscription.lost().isPresent());
        poll(subscription, 24);
        assertThat(subscription.isExhausted()).isTrue();
        assertThat(subscription.ledger().isBalanced()).isTrue();
        subscription.close();
    }

    @Test
    void whatWasNotPolledIsCountedWhenClosed() throws Exception {
        MirrorSubscription subscription = subscribe(ALL);
        assertThat(Shoppers.shop(tap.at(), 4, 5, "z")).isZero();
        poll(subscription, 10);
        subscription.close();
        assertThat(subscription.ledger().delivered()).isEqualTo(10);
        assertThat(subscription.ledger().isBalanced()).isTrue();
        await(() -> tap.subscribers().isEmpty());
        assertThat(Shoppers.shop(tap.at(), 1, 1, "z")).isZero();
    }

    @Test
    void aConnectionIsASessionIfNothingElseIs() throws Exception {
        try (MirrorSubscription subscription = subscribe(MirrorTerms.everything("salt"))) {
            assertThat(Shoppers.shop(tap.at(), 3, 2, "z")).isZero();
            List<LiveExchange> got = poll(subscription, 9);
            assertThat(got.stream().map(LiveExchange::session).distinct()).hasSize(3);
        }
    }

    @Test
    void whatCantBeSubscribedIsSaid() {
        assertThatThrownBy(() -> MirrorSubscription.connect(tap.feed(), "other", ALL, MirrorSubscription.Options.USUAL))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("mirrors 'shop', not 'other'");
        assertThatThrownBy(() -> MirrorSubscription.connect(tap.at(), "shop", ALL, MirrorSubscription.Options.USUAL))
                .isInstanceOf(EnvironmentException.class);
        Endpoint feed = tap.feed();
        tap.close();
        assertThatThrownBy(() -> MirrorSubscription.connect(feed, "shop", ALL, MirrorSubscription.Options.USUAL))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("no mirror at " + feed);
    }

    @Test
    void aQueryThatCantBeUnderstoodIsRefusedByName() throws IOException {
        for (String[] query : new String[][] {
            {"sample=0", "sample must be above 0"},
            {"sample=x", "not 'x'"},
            {"by=jwt:sub", "by must be"},
            {"redact=json:card", "redact must be"},
            {"idle=1h", "idle must be"},
            {"smaple=1", "unknown parameter 'smaple'"}
        }) {
            try (RawClient client = new RawClient(tap.feed())) {
                client.send("GET /feed?" + query[0] + " HTTP/1.1\nHost: a\nConnection: close\n\n");
                assertThat(client.rest()).startsWith("HTTP/1.1 400").contains(query[1]);
            }
        }
    }

    @Test
    void anAddressThatIsTakenIsNamed() {
        MirrorSettings taken =
                new MirrorSettings("shop", tap.at(), ANY, List.of(server.at()), MirrorSettings.Limits.USUAL);
        assertThatThrownBy(() -> MirrorTap.start(taken))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("can't listen at " + tap.at());
    }
}
