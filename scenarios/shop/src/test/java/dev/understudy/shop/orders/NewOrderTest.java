package dev.understudy.shop.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.shop.service.JsonObject;
import dev.understudy.shop.service.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewOrderTest {
    @Test
    void itemsAreSortedByProduct() {
        NewOrder order = NewOrder.of(
                7, json("{'basket':'b-1','items':[{'product':9,'quantity':1},{'product':2,'quantity':3}]}"));
        assertThat(order.items()).containsExactly(new Item(2, 3), new Item(9, 1));
        assertThat(order.channel()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'items':[{'product':9,'quantity':1}]} | 'basket'",
                "{'basket':'../x','items':[{'product':9,'quantity':1}]} | '../x'",
                "{'basket':'b'} | 'items'",
                "{'basket':'b','items':[]} | 1 to 20 items",
                "{'basket':'b','items':[{'product':9,'quantity':0}]} | 'quantity'",
                "{'basket':'b','items':[{'product':'nine','quantity':1}]} | 'product'",
                "{'basket':'b','items':[7]} | not 7"
            })
    void whatIsWrongIsNamed(String request, String said) {
        assertThatThrownBy(() -> NewOrder.of(7, json(request)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(said);
    }

    private static JsonObject json(String text) {
        return JsonObject.of(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
