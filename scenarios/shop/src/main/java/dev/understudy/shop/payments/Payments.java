package dev.understudy.shop.payments;

import dev.understudy.shop.service.Call;
import dev.understudy.shop.service.HttpService;
import dev.understudy.shop.service.Json;
import dev.understudy.shop.service.JsonObject;
import dev.understudy.shop.service.Log;
import dev.understudy.shop.service.Refusal;
import dev.understudy.shop.service.Reply;
import dev.understudy.shop.service.Settings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Says yes or no to money: yes up to 1,000.00, no above. Asked twice about one reference, it answers the same.
/// It remembers the latest references in memory.
///
/// `POST /authorise` and `POST /capture` with `reference` and `cents`, `GET /health`. Environment: `PORT`.
public final class Payments {
    private static final int THREADS = 64;
    private static final int MOST_REMEMBERED = 10_000;
    private static final long MOST_CENTS = 100_000;
    private static final long ANY_CENTS = 1_000_000_000;

    private final Map<String, String> decisions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /// Runs it.
    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.ofProcess();
        Payments payments = new Payments();
        HttpService.start(new Log("payments 1.0"), settings.listen(), THREADS, payments::answer);
    }

    Reply answer(Call call) {
        return switch (call.route()) {
            case "POST /authorise" -> decide(call.json(), "authorised");
            case "POST /capture" -> decide(call.json(), "captured");
            case "GET /health" -> Reply.json(200, Json.object("status", "up"));
            default -> throw new Refusal(404, "nothing at " + call.route());
        };
    }

    private Reply decide(JsonObject request, String yes) {
        String reference = request.text("reference");
        String decision = request.number("cents", ANY_CENTS) <= MOST_CENTS ? yes : "declined";
        synchronized (decisions) {
            if (!"captured".equals(decisions.get(reference))) {
                decisions.put(reference, decision);
            }
            return Reply.json(200, Json.object("reference", reference, "decision", decision));
        }
    }
}
