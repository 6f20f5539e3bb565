package dev.understudy.mirror;

import static dev.understudy.mirror.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoutesTest {
    private static String route(String target) {
        return Routes.of(request("GET", target, ""));
    }

    @Test
    void identifiersBecomePlaceholders() {
        assertThat(route("/orders/17/items?page=2")).isEqualTo("GET shop/orders/{}/items");
        assertThat(route("/u/3f2504e0-4f89-11d3-9a0c-0305e82c3301")).isEqualTo("GET shop/u/{}");
        assertThat(route("/blobs/deadbee1f")).isEqualTo("GET shop/blobs/{}");
    }

    @Test
    void wordsStay() {
        assertThat(route("/")).isEqualTo("GET shop/");
        assertThat(route("/v2/effaced/admin-drain")).isEqualTo("GET shop/v2/effaced/admin-drain");
        assertThat(route("http://shop:80/orders")).isEqualTo("GET shop/orders");
    }
}
