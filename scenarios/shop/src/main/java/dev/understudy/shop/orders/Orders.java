package dev.understudy.shop.orders;

import dev.understudy.shop.service.Call;
import dev.understudy.shop.service.Database;
import dev.understudy.shop.service.HttpCaller;
import dev.understudy.shop.service.HttpService;
import dev.understudy.shop.service.Json;
import dev.understudy.shop.service.Log;
import dev.understudy.shop.service.Refusal;
import dev.understudy.shop.service.Reply;
import dev.understudy.shop.service.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/// Orders, from basket to invoice, for the customer whom the header `customer` names.
///
/// `POST /orders` takes the stock, stores the order and asks payments to authorise it; `POST /orders/#/note`;
/// `POST /orders/#/pay` captures the payment and, if asked to, writes an invoice; `POST /orders/#/cancel`
/// gives the stock back; `GET /orders`, `GET /orders/#`, `GET /health`. Environment: `PORT`, `DB`, `PAYMENTS`,
/// `DATA_DIR`.
public final class Orders {
    private static final int THREADS = 96;
    private static final int CONNECTIONS = 8;
    private static final int LONGEST_NOTE = 500;

    private final OrderTable table;
    private final PaymentsClient payments;
    private final Invoices invoices;

    Orders(OrderTable table, PaymentsClient payments, Invoices invoices) {
        this.table = table;
        this.payments = payments;
        this.invoices = invoices;
    }

    /// Runs the [Release] that the first argument names.
    public static void main(String[] arguments) throws IOException {
        Release release = Release.of(arguments.length == 1 ? arguments[0] : "");
        Settings settings = Settings.ofProcess();
        Log log = new Log("orders " + release.version());
        Orders orders = new Orders(
                release.table().apply(new Database(settings.text("DB"), CONNECTIONS)),
                new PaymentsClient(HttpCaller.of(settings.text("PAYMENTS")), release.patience(), log),
                new Invoices(Path.of(settings.text("DATA_DIR"))));
        HttpService.start(log, settings.listen(), THREADS, orders::answer);
    }

    Reply answer(Call call) throws SQLException, IOException {
        return switch (call.route()) {
            case "POST /orders" -> create(NewOrder.of(customer(call), call.json()));
            case "GET /orders" -> Reply.json(200, Json.object("orders", table.list(customer(call))));
            case "GET /orders/#" -> Reply.json(200, existing(call).toJson());
            case "POST /orders/#/note" -> note(existing(call), call.json().text("note"));
            case "POST /orders/#/pay" -> pay(existing(call), call.json().flag("invoice"));
            case "POST /orders/#/cancel" -> cancel(existing(call));
            case "GET /health" -> healthy();
            default -> throw new Refusal(404, "nothing at " + call.route());
        };
    }

    private Reply create(NewOrder wanted) throws SQLException {
        Optional<Order> created = table.create(wanted);
        Order order = created.isPresent()
                ? created.get()
                : table.findByBasket(wanted).orElseThrow(() -> new Refusal(409, "that basket is someone else's"));
        String payment = payments.authorise(order);
        if (payment.equals("declined")) {
            table.close(order, "cancelled");
            throw new Refusal(402, "the payment was declined");
        }
        return Reply.json(
                created.isPresent() ? 201 : 200,
                Json.object(
                        "id", order.id(),
                        "reference", order.reference(),
                        "items", ItemsFormat.toJson(order.items()),
                        "cents", order.cents(),
                        "payment", payment));
    }

    private Reply note(Order order, String note) throws SQLException {
        if (note.length() > LONGEST_NOTE) {
            throw new Refusal(400, "a note has at most " + LONGEST_NOTE + " characters, not " + note.length());
        }
        table.note(order.id(), note);
        return Reply.json(200, Json.object("id", order.id(), "note", note));
    }

    private Reply pay(Order order, boolean withInvoice) throws SQLException, IOException {
        if (order.state().equals("cancelled")) {
            throw new Refusal(409, "order " + order.id() + " is cancelled");
        }
        String payment = payments.capture(order);
        if (payment.equals("declined")) {
            throw new Refusal(402, "the payment was declined");
        }
        if (table.close(order, "billed") && withInvoice) {
            invoices.write(order);
        }
        return Reply.json(200, Json.object("id", order.id(), "payment", payment));
    }

    private Reply cancel(Order order) throws SQLException {
        if (!table.close(order, "cancelled") && !order.state().equals("cancelled")) {
            throw new Refusal(409, "order " + order.id() + " is billed");
        }
        return Reply.json(200, Json.object("id", order.id(), "state", "cancelled"));
    }

    private Reply healthy() throws SQLException {
        table.check();
        return Reply.json(200, Json.object("status", "up"));
    }

    private Order existing(Call call) throws SQLException {
        long id = call.id();
        return table.find(id, customer(call)).orElseThrow(() -> new Refusal(404, "no order " + id));
    }

    private static int customer(Call call) {
        String customer = call.header("customer").orElse("");
        if (!customer.matches("\\d{1,9}")) {
            throw new Refusal(401, "no customer");
        }
        return Integer.parseInt(customer);
    }
}
