package dev.understudy.shop.visitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.shop.service.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureTest {
    private final List<JsonObject> lines = Capture.of(DayRecorder.record(42))
            .lines()
            .map(line -> JsonObject.of(line.getBytes(StandardCharsets.UTF_8)))
            .toList();

    @Test
    void itNeedsNothingThatAnAnswerSaid() {
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.text("path")).matches("/products(/\\d+)?|/orders(/\\d+(/(note|pay|cancel))?)?");
            assertThat(line.text("path")).doesNotContain("/orders/0");
        });
        assertThat(lines.stream().map(line -> line.members().get("headers")).distinct())
                .hasSizeGreaterThan(DayRecorder.CUSTOMERS);
    }

    @Test
    void itIsInOrderAndAsDenseAsTheDay() {
        List<Long> offsets =
                lines.stream().map(line -> line.number("offset_ms", 120_000)).toList();
        assertThat(offsets).isSorted();
        assertThat(offsets.stream()
                        .filter(offset -> offset >= 20_000 && offset < 50_000)
                        .count())
                .isGreaterThan(100 * 30);
    }

    @Test
    void noBasketIsUsedTwice() {
        List<Object> baskets = lines.stream()
                .filter(line -> line.text("path").equals("/orders")
                        && line.text("method").equals("POST"))
                .<Object>map(line -> JsonObject.of(line.text("body").getBytes(StandardCharsets.UTF_8))
                        .text("basket"))
                .toList();
        assertThat(baskets).hasSizeGreaterThan(500).doesNotHaveDuplicates();
    }
}
