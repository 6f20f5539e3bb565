package dev.understudy.shop.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ItemsFormatTest {
    private static final List<Item> ITEMS = List.of(new Item(7, 2), new Item(13, 1));

    private final ItemsFormat old = new ItemsFormat.Short();
    private final ItemsFormat later = new ItemsFormat.AsJson();

    @Test
    void eachFormatReadsWhatItWrote() {
        assertThat(old.write(ITEMS)).isEqualTo("7x2,13x1");
        assertThat(old.read(old.write(ITEMS))).isEqualTo(ITEMS);
        assertThat(later.read(later.write(ITEMS))).isEqualTo(ITEMS);
    }

    @Test
    void theLaterFormatReadsTheOldOneButNotTheOtherWayRound() {
        assertThat(later.read(old.write(ITEMS))).isEqualTo(ITEMS);
        assertThatThrownBy(() -> old.read(later.write(ITEMS))).isInstanceOf(IllegalArgumentException.class);
    }
}
