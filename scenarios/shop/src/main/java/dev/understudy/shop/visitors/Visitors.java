package dev.understudy.shop.visitors;

import dev.understudy.shop.service.Call;
import dev.understudy.shop.service.HttpCaller;
import dev.understudy.shop.service.HttpService;
import dev.understudy.shop.service.Json;
import dev.understudy.shop.service.Log;
import dev.understudy.shop.service.Refusal;
import dev.understudy.shop.service.Reply;
import dev.understudy.shop.service.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The people in front of the shop: plays the recorded day against `TARGET`, over and over, until SIGTERM.
/// Visits begin when the day says so, whether or not the shop keeps up. It begins once the shop is healthy.
///
/// `GET /stats`, `GET /health`. Environment: `PORT`, `TARGET`, and `RATE`, in requests a second, if not 130.
public final class Visitors {
    private static final int MOST_AT_ONCE = 500;
    private static final double HIGHEST_RATE = 10_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final String target;
    private final double speed;
    private final Log log;
    private final Tally tally = new Tally();
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private volatile boolean closing;

    private Visitors(String target, double rate, Log log) {
        this.target = target;
        this.speed = rate / Day.RATE;
        this.log = log;
    }

    /// Runs it.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Settings settings = Settings.ofProcess();
        Log log = new Log("visitors");
        Visitors visitors = new Visitors(settings.text("TARGET"), settings.number("RATE", Day.RATE, HIGHEST_RATE), log);
        HttpService.start(log, settings.port(), 4, visitors::answer).atTheEnd(visitors::leave);
        visitors.awaitShop();
        visitors.play(Day.recorded());
    }

    private Reply answer(Call call) {
        return switch (call.route()) {
            case "GET /stats" -> Reply.json(200, tally.toJson());
            case "GET /health" -> Reply.json(200, Json.object("status", "up"));
            default -> throw new Refusal(404, "nothing at " + call.route());
        };
    }

    private void awaitShop() throws InterruptedException {
        while (!isShopHealthy()) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        log.say("the shop is open");
    }

    private boolean isShopHealthy() {
        try (HttpCaller shop = HttpCaller.of(target)) {
            return shop.send(Call.get("/health", Map.of()), Optional.of(Duration.ofSeconds(2)))
                    .isSuccess();
        } catch (IOException e) {
            return false;
        }
    }

    private void play(Day day) throws InterruptedException {
        long began = System.nanoTime();
        String run = Long.toString(System.currentTimeMillis(), 36);
        List<Visit> visits = day.visits();
        for (long turn = 0; !closing; turn++) {
            for (int i = 0; i < visits.size() && !closing; i++) {
                double dueMillis = (turn * Day.MILLIS + visits.get(i).at()) / speed;
                TimeUnit.NANOSECONDS.sleep(began + (long) (dueMillis * 1e6) - System.nanoTime());
                begin(visits.get(i), "b-" + run + "-" + turn + "-" + i);
            }
        }
    }

    private void begin(Visit visit, String basket) {
        if (!room.tryAcquire()) {
            // A shop this slow has turned the visitor away, and that has to show.
            tally.count(false, 0);
            return;
        }
        Thread thread = new Thread(() -> visit(visit, basket), basket);
        thread.setDaemon(true);
        thread.start();
    }

    private void visit(Visit visit, String basket) {
        tally.enter();
        try (HttpCaller shop = HttpCaller.of(target)) {
            new Visitor(visit, basket, shop, tally, log).shop(() -> closing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tally.leave();
            room.release();
        }
    }

    private void leave() {
        closing = true;
        log.say("met " + Json.write(tally.toJson()));
    }
}
