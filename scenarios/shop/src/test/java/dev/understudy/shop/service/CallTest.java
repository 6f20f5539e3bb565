package dev.understudy.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTest {
    @Test
    void theRouteHidesNumbers() {
        assertThat(Call.get("/orders/17/note?x=3", Map.of()).route()).isEqualTo("GET /orders/#/note");
        assertThat(Call.get("/orders/17a", Map.of()).route()).isEqualTo("GET /orders/17a");
    }

    @Test
    void theIdIsTheNumberInThePath() {
        assertThat(Call.get("/orders/17/note", Map.of()).id()).isEqualTo(17);
        assertThatThrownBy(() -> Call.get("/orders", Map.of()).id()).isInstanceOf(Refusal.class);
    }

    @Test
    void aCookieIsFoundAmongOthers() {
        Call call = Call.get("/", Map.of("Cookie", "a=1; session=abc=; b=2"));
        assertThat(call.cookie("session")).contains("abc=");
        assertThat(call.cookie("sess")).isEmpty();
    }
}
