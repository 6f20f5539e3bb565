package dev.understudy.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> new Settings(Map.of()).text("ORDERS")).hasMessageContaining("ORDERS is not set");
    }

    @Test
    void aPortIsANumberThatAPortCanBe() {
        assertThat(new Settings(Map.of("PORT", "8080")).port()).isEqualTo(8080);
        assertThatThrownBy(() -> new Settings(Map.of("PORT", "70000")).port()).hasMessageContaining("PORT is 70000");
        assertThatThrownBy(() -> new Settings(Map.of("PORT", "http")).port()).hasMessageContaining("'http'");
    }

    @Test
    void aNumberMayBeLeftOut() {
        assertThat(new Settings(Map.of()).number("RATE", 130, 1000)).isEqualTo(130);
    }
}
