package dev.understudy.analysis.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingTest {

    @ParameterizedTest
    @CsvSource({
        "orderId, order",
        "order_id, order",
        "orders, order",
        "OrderNumber, order",
        "order-no, order",
        "id, id",
        "status, status",
        "categories, category",
        "boxes, box",
        "address, address",
        "shop_orders, shoporder"
    })
    void namesOfTheSameThingHaveOneSubject(String name, String subject) {
        assertThat(Naming.subject(name)).isEqualTo(subject);
    }

    @ParameterizedTest
    @CsvSource({
        "/orders, order",
        "/orders/17, order",
        "/orders/17/pay, order",
        "/api/v1/customers/5/orders?x=1, order",
        "/cart, cart",
        "/orders/{key}, order"
    })
    void pathIsAboutItsLastCollection(String path, String subject) {
        assertThat(CarriedValues.resource(path)).isEqualTo(subject);
    }

    @Test
    void valuesAreToldByTheirLooks() {
        assertThat(Looks.isOpaque("3f2a9c1b2d4e")).isTrue();
        assertThat(Looks.isOpaque("123456789012")).isFalse();
        assertThat(Looks.isOpaque("ring twice please 1")).isFalse();
        assertThat(Looks.moment("2026-11-21T11:00:00Z")).hasValue(1_795_258_800_000L);
        assertThat(Looks.isSameMoment("2026-11-21T11:00:00Z", "2026-11-21 12:00:30.5+01"))
                .isTrue();
        assertThat(Looks.isSameMoment("2026-11-21T11:00:00Z", "2026-11-21T11:02:00Z"))
                .isFalse();
        assertThat(Looks.moment("4006381333931")).as("an article number").isEmpty();
        assertThat(Looks.plain("12.50")).isEqualTo("12.5");
        assertThat(Looks.plain("1.2.3")).isEqualTo("1.2.3");
    }
}
