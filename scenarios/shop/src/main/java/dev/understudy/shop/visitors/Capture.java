package dev.understudy.shop.visitors;

import dev.understudy.shop.service.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A day as plain requests, one JSON object a line: `offset_ms`, `method`, `path`, `headers`, `body`, `status`.
///
/// Plain requests can't use what an answer said. So nobody signs in: all have the sessions that V1__shop.sql
/// made; and what a visit does to "the order made last" is done to one of the two that V1__shop.sql made for
/// the customer.
final class Capture {
    private record Line(long offset, String text) {}

    private Capture() {}

    /// The text of the recording.
    static String of(Day day) {
        List<Line> lines = new ArrayList<>();
        for (Visit visit : day.visits()) {
            long offset = visit.at();
            int number = 0;
            for (Visit.Step step : visit.steps()) {
                offset += step.after();
                lines.add(line(visit, step, offset, number++));
            }
        }
        lines.sort(Comparator.comparingLong(Line::offset));
        return String.join("", lines.stream().map(line -> line.text() + "\n").toList());
    }

    /// The token of the session that V1__shop.sql made for a customer.
    static String token(int customer) {
        try {
            byte[] name = ("visitor " + customer).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private static Line line(Visit visit, Visit.Step step, long offset, int number) {
        // Paid orders stay paid and cancelled ones cancelled, so one of the two is for paying and one for the
        // rest.
        boolean pays = step.action().equals("pay") || step.action().equals("invoice");
        int order = pays ? visit.customer() : visit.customer() + DayRecorder.CUSTOMERS;
        Map<String, String> headers = new TreeMap<>(Map.of("cookie", "session=" + token(visit.customer())));
        if (step.isWrite()) {
            headers.put("content-type", "application/json");
        }
        String basket = "recorded-" + visit.at() + "-" + number;
        return new Line(
                offset,
                Json.write(Json.object(
                        "offset_ms",
                        offset,
                        "method",
                        step.isWrite() ? "POST" : "GET",
                        "path",
                        Shopping.path(step, order),
                        "headers",
                        headers,
                        "body",
                        Shopping.body(step, basket).map(Json::write).orElse(""),
                        "status",
                        step.action().equals("order") ? 201 : 200)));
    }
}
