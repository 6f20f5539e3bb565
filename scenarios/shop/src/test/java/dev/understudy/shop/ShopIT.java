package dev.understudy.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.understudy.shop.service.Json;
import dev.understudy.shop.service.JsonObject;
import dev.understudy.shop.service.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shop as it is started in live, and each release of orders as its README says it behaves.
class ShopIT {
    @TempDir
    private static Path directory;

    private static RunningShop shop;

    @BeforeAll
    static void open() throws Exception {
        shop = RunningShop.startIn(directory);
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @AfterEach
    void backToOneDotZero() throws Exception {
        if (!shop.orders().said().contains("orders 1.0:")) {
            shop.release("1.0");
        }
    }

    @Test
    void visitorsMeetNoFailure() throws Exception {
        // When
        ServiceProcess visitors = ServiceProcess.start(
                directory, Map.of("TARGET", shop.gateway.address()), "dev.understudy.shop.visitors.Visitors");
        Waiting.until("600 requests", () -> figure(visitors, "sent") >= 600 || figure(visitors, "failed") > 0);

        // Then
        assertThat(figure(visitors, "failed")).describedAs(visitors.said()).isZero();
        assertThat(figure(visitors, "mostVisiting")).isGreaterThanOrEqualTo(50);
        assertThat(shop.database.run("SELECT count(*) FROM orders WHERE basket LIKE 'b-%' AND state = 'billed'"))
                .isNotEqualTo("0");
        assertThat(shop.invoices()).isNotEmptyDirectory();
        visitors.terminate();
        assertThat(visitors.exitCode()).isZero();
        assertThat(visitors.said()).contains("met {\"sent\":");
    }

    @Test
    void anOrderTakesStockAndIsReadBackAsItWasMade() throws Exception {
        // Given
        long stock = stock();

        // When
        Reply made = shop.order("twice");
        Reply again = shop.order("twice");

        // Then
        long id = made.json().number("id", Long.MAX_VALUE);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().text("payment")).isEqualTo("authorised");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().number("id", Long.MAX_VALUE)).isEqualTo(id);
        assertThat(shop.read(id).objects("items").get(0).members())
                .isEqualTo(Json.object("product", 3L, "quantity", 2L));
        assertThat(stock()).isEqualTo(stock - 2);
        assertThat(shop.post("/orders/" + id + "/cancel", Json.object()).status())
                .isEqualTo(200);
        assertThat(stock()).isEqualTo(stock);
    }

    @Test
    void aPaidOrderLeavesItsInvoice() throws Exception {
        // Given
        long id = shop.order("with-invoice").json().number("id", Long.MAX_VALUE);

        // When
        shop.post("/orders/" + id + "/pay", Json.object("invoice", true));
        shop.post("/orders/" + id + "/pay", Json.object("invoice", true));

        // Then
        assertThat(shop.read(id).text("state")).isEqualTo("billed");
        assertThat(Files.readString(shop.invoices().resolve("with-invoice.txt")))
                .isEqualTo("invoice for customer 7\n2 of product 3\ntotal 12.22\n");
    }

    @Test
    void aDrainedGatewayRefusesWritesAndPassesReads() throws Exception {
        // When
        shop.post("/admin/drain", Json.object());
        Reply write = shop.order();
        Reply read = shop.get("/orders");
        shop.post("/admin/undrain", Json.object());

        // Then
        assertThat(write.status()).isEqualTo(503);
        assertThat(write.headers()).containsKey("retry-after");
        assertThat(read.status()).isEqualTo(200);
        assertThat(shop.order().status()).isEqualTo(201);
    }

    @Test
    void strangersGetNoOrders() throws Exception {
        assertThat(shop.gateway.get("/orders").status()).isEqualTo(401);
        assertThat(shop.get("/orders/1").status()).isEqualTo(404);
        assertThat(shop.get("/elsewhere").status()).isEqualTo(404);
    }

    @Test
    void oneDotZeroAcceptsAnOrderThatPaymentsDoesNotAnswer() throws Exception {
        try (HeldPayments held = new HeldPayments()) {
            // Given
            shop.release("1.0", held.address());

            // When
            Reply made = shop.order();

            // Then
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.json().text("payment")).isEqualTo("pending");
        }
        shop.release("1.0");
    }

    @Test
    void withoutATimeoutAnOrderWaitsAndSigtermWaitsForIt() throws Exception {
        try (HeldPayments held = new HeldPayments()) {
            // Given
            shop.release("2.0-no-timeout", held.address());
            ServiceProcess orders = shop.orders();

            // When
            CompletableFuture<Reply> order = inBackground();
            held.awaitCall();
            orders.terminate();
            Waiting.until(
                    "newcomers are turned away", () -> orders.get("/health").status() == 503);
            assertThat(order).isNotDone();
            held.answer();

            // Then
            assertThat(order.get().status()).isEqualTo(201);
            assertThat(order.get().json().text("payment")).isEqualTo("authorised");
            assertThat(orders.exitCode()).isZero();
            assertThat(orders.said()).contains("stopped");
        }
    }

    @Test
    void theGoodReleaseKeepsTheChannelAndGoesBackWithoutLoss() throws Exception {
        // Given
        long before = shop.orderId();

        // When
        shop.migrate("V2__widen.sql");
        long between = shop.orderId();
        shop.release("2.0-good");
        long after = shop.orderId();

        // Then
        assertThat(shop.read(after).text("channel")).isEqualTo("phone");
        assertThat(shop.read(before).text("channel")).isEmpty();
        assertThat(shop.read(between).text("channel")).isEmpty();

        // When
        shop.release("1.0");
        shop.migrate("U2__narrow.sql");

        // Then
        assertThat(shop.read(after).members()).doesNotContainKey("channel").containsEntry("state", "open");
        assertThat(shop.order().status()).isEqualTo(201);
    }

    @Test
    void theLossyReleaseLosesExactlyTheNotesItWrote() throws Exception {
        // Given
        List<Long> ids = List.of(shop.orderId(), shop.orderId(), shop.orderId());
        note(ids.get(0), "old");
        note(ids.get(1), "old");
        shop.migrate("V2__order_note.sql");
        shop.release("2.0-lossy");

        // When
        note(ids.get(1), "new");
        note(ids.get(2), "new");
        assertThat(notes(ids)).containsExactly("old", "new", "new");
        shop.release("1.0");
        shop.migrate("U2__order_note.sql");

        // Then
        assertThat(notes(ids)).containsExactly("old", "old", "");
    }

    @Test
    void oneDotZeroCannotReadWhatTheUnreadableReleaseWrote() throws Exception {
        // Given
        long before = shop.orderId();
        shop.migrate("V2__items.sql");
        shop.release("2.0-unreadable");

        // When
        long after = shop.orderId();
        assertThat(shop.read(after).objects("items")).hasSize(1);
        assertThat(shop.read(before).objects("items")).hasSize(1);
        shop.release("1.0");
        shop.migrate("U2__items.sql");

        // Then
        assertThat(shop.get("/orders/" + before).status()).isEqualTo(200);
        assertThat(shop.get("/orders/" + after).status()).isEqualTo(500);
        assertThat(shop.get("/orders").status()).isEqualTo(200);
    }

    @Test
    void catalogueOneDotOneOnlyAddsAField() throws Exception {
        try (ServiceProcess newer = ServiceProcess.start(
                directory, Map.of("DB", shop.database.url()), "dev.understudy.shop.catalogue.Catalogue", "1.1")) {
            // When
            JsonObject product = newer.get("/products/3").json();

            // Then
            assertThat(product.flag("inStock")).isTrue();
            assertThat(product.members())
                    .containsAllEntriesOf(shop.get("/products/3").json().members());
            assertThat(newer.get("/products").json().objects("products")).hasSize(40);
        }
    }

    @Test
    void servicesReconnectWhenTheDatabaseComesBack() throws Exception {
        // When
        shop.database.restart();

        // Then
        Waiting.until("the catalogue answers", () -> shop.get("/products/3").isSuccess());
        Waiting.until("orders answers", () -> shop.get("/orders").isSuccess());
        Waiting.until("the gateway answers", () -> shop.gateway.get("/health").isSuccess());
    }

    @Test
    void aVersionThatDoesNotExistIsNamed() throws Exception {
        Process process = new ProcessBuilder(
                        "java", "-cp", "target/shop/lib/shop.jar", "dev.understudy.shop.orders.Orders", "3.0")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes()))
                .contains("no version '3.0' of orders")
                .contains("2.0-lossy");
        assertThat(process.waitFor()).isNotZero();
    }

    private static long stock() throws SQLException {
        return Long.parseLong(shop.database.run("SELECT stock FROM product WHERE id = 3"));
    }

    private static void note(long id, String note) throws IOException {
        assertThat(shop.post("/orders/" + id + "/note", Json.object("note", note))
                        .status())
                .isEqualTo(200);
    }

    private static List<String> notes(List<Long> ids) throws IOException {
        return List.of(note(ids.get(0)), note(ids.get(1)), note(ids.get(2)));
    }

    private static String note(long id) throws IOException {
        return shop.read(id).text("note");
    }

    private static long figure(ServiceProcess visitors, String name) throws IOException {
        return visitors.get("/stats").json().members().get(name) instanceof Long figure ? figure : -1;
    }

    private static CompletableFuture<Reply> inBackground() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return shop.order();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /// Payments that doesn't answer until it is told to.
    private static final class HeldPayments implements AutoCloseable {
        private final HttpServer server;
        private final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch answered = new CountDownLatch(1);

        HeldPayments() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool());
            server.createContext("/", exchange -> {
                called.countDown();
                try (exchange) {
                    answered.await();
                    byte[] body = "{\"decision\":\"authorised\"}".getBytes();
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        void awaitCall() throws InterruptedException {
            called.await();
        }

        void answer() {
            answered.countDown();
        }

        @Override
        public void close() {
            answer();
            server.stop(0);
        }
    }
}
