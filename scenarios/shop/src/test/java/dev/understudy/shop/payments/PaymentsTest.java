package dev.understudy.shop.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.shop.service.Call;
import dev.understudy.shop.service.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaymentsTest {
    private final Payments payments = new Payments();

    @Test
    void theAmountAloneDecides() {
        assertThat(decision("/authorise", "A", 100_000)).isEqualTo("authorised");
        assertThat(decision("/capture", "A", 100_000)).isEqualTo("captured");
        assertThat(decision("/authorise", "B", 100_001)).isEqualTo("declined");
        assertThat(decision("/capture", "A", 100_000)).isEqualTo("captured");
    }

    private String decision(String path, String reference, long cents) {
        return payments.answer(Call.post(path, Map.of(), Json.object("reference", reference, "cents", cents)))
                .json()
                .text("decision");
    }
}
