package dev.understudy.mirror.mapping;

import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What live was asked and answered, to be laid beside the answer of each arm; read once for all of them.
/// Thread-safe.
public final class LiveAnswer {
    private final LiveExchange exchange;
    private @Nullable Map<String, AnswerValues.Found> values;

    public LiveAnswer(LiveExchange exchange) {
        this.exchange = exchange;
    }

    LiveExchange exchange() {
        return exchange;
    }

    synchronized Map<String, AnswerValues.Found> values() {
        Map<String, AnswerValues.Found> known = values;
        if (known == null) {
            known = AnswerValues.of(exchange.request(), exchange.answerHeaders(), exchange.answerBody());
            values = known;
        }
        return known;
    }
}
