package dev.understudy.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void whatIsWrittenIsReadBack() {
        Object value = Json.object(
                "text",
                "quote \" backslash \\ line \n tab \t umlaut ü",
                "number",
                -7L,
                "fraction",
                1.5,
                "flag",
                true,
                "list",
                List.of(1L, List.of(), Json.object()));
        assertThat(Json.parse(Json.write(value))).isEqualTo(value);
    }

    @Test
    void escapesAndSpaceAreUnderstood() {
        assertThat(Json.parse(" { \"a\" : [ \"\\u00fc\\/\\n\" , 2e3 , false ] } "))
                .isEqualTo(Json.object("a", List.of("ü/\n", 2000.0, false)));
    }

    @Test
    void membersThatAreNullAreLeftOut() {
        assertThat(Json.parse("{\"a\":null,\"b\":1}")).isEqualTo(Json.object("b", 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1", "[1 2]", "{\"a\"}", "\"open", "\"\\x\"", "\"\\u12\"", "nul", "1 1", "{a:1}"})
    void whatIsNotJsonIsRefusedWithItsOffset(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at offset");
    }

    @Test
    void nestingHasALimit() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).hasMessageContaining("levels");
    }
}
