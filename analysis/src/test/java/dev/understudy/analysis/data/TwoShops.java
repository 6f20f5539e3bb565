package dev.understudy.analysis.data;

import static dev.understudy.analysis.data.Images.db;
import static dev.understudy.analysis.data.Images.table;

import dev.understudy.analysis.data.Exchanges.Side;
import dev.understudy.runtime.DataImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A model of a shop in two arms, each with its own serial numbers, driven by random writes: orders with
/// lines, notes, cancellations, deletions. What the candidate refuses it doesn't do, and neither does it
/// get what builds on that.
final class TwoShops {
    static final String ORDERS = "id* reference customer note state created_at";
    static final String LINES = "id* order_id>orders.id sku quantity";

    /// An order as an arm holds it.
    private static final class Order {
        int id;
        String reference = "";
        int customer;
        String note = "";
        String state = "open";
        String createdAt = "";
        final List<String> lines = new ArrayList<>();
        final List<Integer> lineIds = new ArrayList<>();

        String row() {
            return String.join("|", "" + id, reference, "" + customer, note, state, createdAt);
        }
    }

    /// One arm.
    private final class Shop {
        final Map<Integer, Order> orders = new HashMap<>();
        int nextOrder;
        int nextLine;

        Order make(int visit, int customer, List<String> lines) {
            Order order = new Order();
            nextOrder += 1 + chance.nextInt(3);
            order.id = nextOrder;
            order.reference = Long.toHexString(chance.nextLong() | Long.MIN_VALUE) + "z";
            order.customer = customer;
            order.createdAt = "2026-11-21 11:00:" + (10 + chance.nextInt(40)) + "+00";
            for (String line : lines) {
                nextLine += 1 + chance.nextInt(2);
                order.lineIds.add(nextLine);
                order.lines.add(line);
            }
            orders.put(visit, order);
            return order;
        }

        DataImage image() {
            List<String> rows = new ArrayList<>();
            List<String> lines = new ArrayList<>();
            for (Order order : orders.values()) {
                rows.add(order.row());
                for (int i = 0; i < order.lines.size(); i++) {
                    lines.add(order.lineIds.get(i) + "|" + order.id + "|" + order.lines.get(i));
                }
            }
            return db(table("orders", ORDERS, rows), table("order_lines", LINES, lines));
        }
    }

    private final SplittableRandom chance;
    private final Shop control;
    private final Shop candidate;
    private final Exchanges exchanges = new Exchanges();
    private final Map<Integer, Integer> noted = new HashMap<>();
    private double refusing;
    private int visits;
    private int notes;

    TwoShops(SplittableRandom chance, int history) {
        this.chance = chance;
        control = new Shop();
        candidate = new Shop();
        for (int i = 0; i < history; i++) {
            visits++;
            Order old = control.make(visits, 1, List.of("cup|1"));
            candidate.orders.put(visits, copy(old));
            candidate.nextOrder = control.nextOrder;
            candidate.nextLine = control.nextLine;
        }
    }

    private static Order copy(Order order) {
        Order copy = new Order();
        copy.id = order.id;
        copy.reference = order.reference;
        copy.customer = order.customer;
        copy.createdAt = order.createdAt;
        copy.lines.addAll(order.lines);
        copy.lineIds.addAll(order.lineIds);
        return copy;
    }

    TwoShops refuse(double share) {
        refusing = share;
        return this;
    }

    TwoShops trade(int writes) {
        for (int i = 0; i < writes; i++) {
            List<Integer> open = control.orders.keySet().stream().sorted().toList();
            int what = open.isEmpty() ? 0 : chance.nextInt(10);
            int visit = open.isEmpty() ? 0 : open.get(chance.nextInt(open.size()));
            if (what < 5) {
                order();
            } else if (what < 8) {
                change(visit, "note", "note " + (++notes));
            } else if (what < 9) {
                change(visit, "state", "cancelled");
            } else {
                delete(visit);
            }
        }
        return this;
    }

    private boolean serves() {
        return chance.nextDouble() >= refusing;
    }

    private void order() {
        int visit = ++visits;
        int customer = 1 + chance.nextInt(4);
        List<String> lines = new ArrayList<>();
        for (int i = chance.nextInt(4); i > 0; i--) {
            lines.add((chance.nextBoolean() ? "cup" : "pot") + "|" + (1 + chance.nextInt(2)));
        }
        String asked = "{\"customer\":" + customer + "}";
        exchanges.session("customer" + visit);
        Side ours = Side.ok("/orders", asked, answer(control.make(visit, customer, lines)));
        exchanges.add(
                "POST",
                ours,
                serves()
                        ? Side.ok("/orders", asked, answer(candidate.make(visit, customer, lines)))
                        : Side.refused("/orders", asked));
    }

    private static String answer(Order order) {
        return "{\"id\":" + order.id + ",\"reference\":\"" + order.reference + "\"}";
    }

    private void change(int visit, String what, String value) {
        Order ours = control.orders.get(visit);
        Order theirs = candidate.orders.get(visit);
        String asked = "{\"" + what + "\":\"" + value + "\"}";
        exchanges.session("customer" + visit);
        set(ours, what, value);
        Side here = Side.ok("/orders/" + ours.id + "/" + what, asked, "{\"id\":" + ours.id + "}");
        boolean served = theirs != null && serves();
        if (served) {
            set(theirs, what, value);
        }
        int id = theirs == null ? 0 : theirs.id;
        String target = "/orders/" + id + "/" + what;
        exchanges.add(
                "POST", here, served ? Side.ok(target, asked, "{\"id\":" + id + "}") : Side.refused(target, asked));
        if (what.equals("note")) {
            noted.put(visit, notes);
        }
    }

    private static void set(Order order, String what, String value) {
        if (what.equals("note")) {
            order.note = value;
        } else {
            order.state = value;
        }
    }

    private void delete(int visit) {
        Order ours = control.orders.remove(visit);
        Order theirs = candidate.orders.get(visit);
        exchanges.session("customer" + visit);
        boolean served = theirs != null && serves();
        String target = "/orders/" + (theirs == null ? 0 : theirs.id);
        if (served) {
            candidate.orders.remove(visit);
        }
        noted.remove(visit);
        exchanges.add(
                "DELETE",
                Side.ok("/orders/" + ours.id, "", ""),
                served ? Side.ok(target, "", "") : Side.refused(target, ""));
    }

    /// Removes orders that both arms acknowledged from the candidate; returns how many.
    int removeOrders(int most) {
        List<Integer> both = candidate.orders.keySet().stream()
                .filter(control.orders::containsKey)
                .sorted()
                .limit(most)
                .toList();
        both.forEach(candidate.orders::remove);
        return both.size();
    }

    int notes() {
        return notes;
    }

    /// Empties the notes of the candidate that were written after so many; returns how many.
    int takeBackNotesFrom(int before) {
        int taken = 0;
        for (Map.Entry<Integer, Integer> each : noted.entrySet()) {
            Order order = candidate.orders.get(each.getKey());
            if (each.getValue() > before && order != null) {
                order.note = "";
                taken++;
            }
        }
        return taken;
    }

    Noise learn() {
        return Noise.learn(control(), candidate(), history());
    }

    DataImage control() {
        return control.image();
    }

    DataImage candidate() {
        return candidate.image();
    }

    WriteHistory history() {
        return exchanges.history();
    }
}
