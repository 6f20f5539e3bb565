package dev.understudy.mirror.tap;

import static dev.understudy.mirror.Messages.headers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.mirror.Messages;
import dev.understudy.mirror.MirrorTerms;
import dev.understudy.mirror.feed.FeedLine;
import dev.understudy.runtime.Request;
import dev.understudy.scenario.Traffic.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SubscriberTest {
    private static final MirrorTerms TERMS =
            new MirrorTerms(1, Optional.empty(), List.of(new Redaction(Redaction.Kind.JSON, "/pin")), "salt");

    private final Subscriber subscriber =
            new Subscriber(TERMS, new MirrorSettings.Limits(1 << 20, 1 << 20, 3, 12_000, 1));

    private static Sighting sighting(long began, String coding, byte[] body, String spoiled) {
        return new Sighting(
                began,
                1,
                "c",
                Request.get("shop", "/"),
                200,
                headers("Content-Type: application/json", "Content-Encoding: " + coding),
                body,
                Optional.of(spoiled).filter(reason -> !reason.isEmpty()));
    }

    private void offer(long began, int bytes) {
        subscriber.offer(sighting(began, "identity", "1".repeat(bytes).getBytes(StandardCharsets.UTF_8), ""));
    }

    private void balances(long inHand) {
        FeedLine.Counts counts = subscriber.counts();
        assertThat(counts.offered()).isEqualTo(counts.delivered() + counts.droppedInAll() + inHand);
    }

    @Test
    void whatBeganBeforeItIsNotItsOwn() {
        offer(1, 1);
        subscriber.startAt(10);
        offer(9, 1);
        offer(11, 1);
        assertThat(subscriber.counts().seen()).isEqualTo(1);
    }

    @Test
    void aFullQueueDropsTheNewestByRecordsAndByBytes() throws InterruptedException {
        subscriber.startAt(0);
        offer(1, 8_000);
        offer(2, 8_000);
        assertThat(subscriber.counts().dropped()).isEqualTo(Map.of("queue-full", 1L));
        for (int i = 3; i < 9; i++) {
            offer(i, 1);
        }
        assertThat(subscriber.counts().dropped()).isEqualTo(Map.of("queue-full", 5L));
        balances(3);
        List<Subscriber.Sampled> taken = subscriber.take(1 << 20, 1);
        assertThat(taken).extracting(one -> one.sighting().began()).containsExactly(1L, 3L, 4L);
        subscriber.delivered(3);
        offer(10, 8_000);
        balances(1);
        subscriber.leave("subscriber-gone");
        subscriber.leave("again");
        offer(11, 1);
        balances(0);
        assertThat(subscriber.counts().dropped()).isEqualTo(Map.of("queue-full", 5L, "subscriber-gone", 1L));
    }

    @Test
    void spoiledExchangesAreCountedByTheirReason() {
        subscriber.startAt(0);
        subscriber.offer(sighting(1, "identity", new byte[0], "no-answer"));
        assertThat(subscriber.counts().dropped()).isEqualTo(Map.of("no-answer", 1L));
        balances(0);
    }

    @Test
    void aPackedAnswerIsUnpackedBeforeItIsRedacted() throws IOException, InterruptedException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"pin\":\"1234\"}".getBytes(StandardCharsets.UTF_8));
        }
        subscriber.startAt(0);
        subscriber.offer(sighting(1, "gzip", packed.toByteArray(), ""));
        subscriber.offer(sighting(2, "br", new byte[] {1, 2}, ""));
        subscriber.offer(sighting(3, "identity", "{\"pin\":".getBytes(StandardCharsets.UTF_8), ""));
        List<Subscriber.Sampled> taken = subscriber.take(1 << 20, 1);
        assertThat(Messages.text(subscriber.prepare(taken.get(0)).orElseThrow().answerBody()))
                .isEqualTo("{\"pin\":\"" + TERMS.hash().token("1234") + "\"}");
        assertThat(subscriber.prepare(taken.get(1))).isEmpty();
        assertThat(subscriber.prepare(taken.get(2))).isEmpty();
        assertThat(subscriber.counts().dropped()).isEqualTo(Map.of("content-coding", 1L, "not-redactable", 1L));
        balances(1);
    }
}
