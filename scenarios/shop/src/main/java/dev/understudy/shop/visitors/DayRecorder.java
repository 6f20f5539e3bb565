package dev.understudy.shop.visitors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Invents a day in the shop from a seed: same seed, same day. Visits begin evenly, about 70 at a time are in
/// the shop, each makes 5 to 15 requests, three of ten are writes.
public final class DayRecorder {
    static final int CUSTOMERS = 240;
    static final int PRODUCTS = 40;

    private static final long SEED = 42;
    private static final double SIGNING_IN = 0.5;
    private static final double WRITES = 0.27;
    private static final double INVOICES = 0.15;
    private static final long SHORTEST_PAUSE = 300;
    private static final int PAUSES_DIFFER_BY = 600;
    private static final List<String> NOTES = List.of("leave it at the door", "ring twice", "a present", "no plastic");

    private final Random random;

    private DayRecorder(long seed) {
        this.random = new Random(seed);
    }

    /// Writes the day for [Visitors] to the first path and the same day as plain requests to the second.
    public static void main(String[] arguments) throws IOException {
        Day day = record(SEED);
        write(Path.of(arguments[0]), day.toLines());
        write(Path.of(arguments[1]), Capture.of(day));
    }

    /// The day of a seed.
    static Day record(long seed) {
        DayRecorder recorder = new DayRecorder(seed);
        List<Integer> lengths = recorder.lengths();
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            visits.add(recorder.visit(1 + Day.MILLIS * i / lengths.size(), i % CUSTOMERS + 1, lengths.get(i)));
        }
        return new Day(visits);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    private List<Integer> lengths() {
        List<Integer> lengths = new ArrayList<>();
        for (int left = (int) (Day.RATE * Day.MILLIS / 1000); left > 0; left -= lengths.get(lengths.size() - 1)) {
            lengths.add(left <= 15 ? left : Math.min(5 + random.nextInt(11), left - 5));
        }
        return lengths;
    }

    private Visit visit(long at, int customer, int requests) {
        boolean signsIn = random.nextDouble() < SIGNING_IN;
        int left = requests - (signsIn ? 1 : 0);
        List<String> writes = writes((int) Math.max(1, Math.round(requests * WRITES)));
        List<Visit.Step> steps = new ArrayList<>();
        steps.add(step("products", ""));
        boolean ordered = false;
        while (steps.size() < left) {
            boolean readBack = ordered && steps.get(steps.size() - 1).action().equals("order");
            int free = left - steps.size() - writes.size();
            if (!readBack && (free <= 0 || random.nextInt(3) == 0) && !writes.isEmpty()) {
                String action = writes.remove(0);
                ordered |= action.equals("order");
                steps.add(step(action, detail(action)));
            } else {
                steps.add(readBack ? step("read", "") : look(ordered));
            }
        }
        return new Visit(at, customer, signsIn, steps);
    }

    private List<String> writes(int count) {
        String pay = random.nextDouble() < INVOICES ? "invoice" : "pay";
        List<String> all = switch (random.nextInt(10)) {
            case 0 -> List.of("order", "cancel", "order", pay);
            case 1, 2, 3 -> List.of("order", "note", pay, "order");
            default -> List.of("order", pay, "note", "order");
        };
        return new ArrayList<>(all.subList(0, Math.min(count, all.size())));
    }

    private Visit.Step look(boolean ordered) {
        int kind = random.nextInt(ordered ? 6 : 4);
        return switch (kind) {
            case 0 -> step("products", "");
            case 1, 2, 3 -> step("product", detail("product"));
            case 4 -> step("list", "");
            default -> step("read", "");
        };
    }

    private String detail(String action) {
        return switch (action) {
            case "product" -> Integer.toString(1 + random.nextInt(PRODUCTS));
            case "order" -> items();
            case "note" -> NOTES.get(random.nextInt(NOTES.size())) + ", " + random.nextInt(1000);
            default -> "";
        };
    }

    private String items() {
        int first = 1 + random.nextInt(PRODUCTS - 2);
        List<String> items = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            items.add(first + i + "x" + (1 + random.nextInt(3)));
        }
        return String.join(",", items);
    }

    private Visit.Step step(String action, String detail) {
        return new Visit.Step(SHORTEST_PAUSE + random.nextInt(PAUSES_DIFFER_BY), action, detail);
    }
}
