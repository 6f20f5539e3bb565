package dev.understudy.mirror.tap;

import dev.understudy.mirror.MirrorTerms;
import dev.understudy.mirror.feed.FeedCodec;
import dev.understudy.mirror.feed.FeedLine;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Request.Header;
import dev.understudy.scenario.Traffic.Redaction;
import dev.understudy.scenario.Traffic.SessionKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Shows a subscriber that nobody hears a few made-up exchanges before the mirror listens. Loading the security
/// provider and the JSON classes takes tenths of a second; live would feel that when the first run subscribes.
final class WarmUp {
    private static final int ROUNDS = 1_000;

    private WarmUp() {}

    static void run(MirrorSettings.Limits limits) throws InterruptedException {
        MirrorTerms terms = new MirrorTerms(
                1,
                Optional.of(new SessionKey(SessionKey.Where.COOKIE, "a")),
                List.of(new Redaction(Redaction.Kind.JSON, "/b")),
                "warm");
        Subscriber nobody = new Subscriber(terms, limits);
        nobody.startAt(0);
        byte[] body = "{\"b\":\"12345678\",\"c\":[1,\"d\"]}".getBytes(StandardCharsets.UTF_8);
        List<Header> headers =
                List.of(new Header("Content-Type", "application/json"), new Header("Cookie", "a=b; c=d"));
        Request request = new Request("warm", "POST", "/a/1?b=c", headers, body);
        for (int i = 0; i < ROUNDS; i++) {
            nobody.offer(new Sighting(i, 1, "", request, 200, headers, body, Optional.empty()));
            for (Subscriber.Sampled sampled : nobody.take(1, 1)) {
                nobody.prepare(sampled).ifPresent(exchange -> FeedCodec.encode(new FeedLine.Frame(exchange)));
            }
        }
    }
}
