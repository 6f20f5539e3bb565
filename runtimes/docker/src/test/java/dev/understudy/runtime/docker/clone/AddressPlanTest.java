package dev.understudy.runtime.docker.clone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressPlanTest {
    @Test
    void noTwoNetworksThatAreHandedOutOverlapOrAreTaken() {
        Subnet taken = Subnet.parse("10.128.0.0/16");
        FreeSubnets free = new FreeSubnets(List.of(taken), 0);
        List<Subnet> handed = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Subnet next = free.take();
            assertThat(next.overlaps(taken)).isFalse();
            assertThat(handed).noneMatch(next::overlaps);
            handed.add(next);
        }
        assertThatThrownBy(() -> new FreeSubnets(List.of(Subnet.parse("10.0.0.0/8")), 7).take())
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("10.128.0.0/9");
    }

    @Test
    void everyPlaceHasAnAddressOfItsOwnAndKeepsIt() {
        AddressPlan plan = new AddressPlan(List.of("a", "b"), new FreeSubnets(List.of(), 3));
        List<String> addresses = new ArrayList<>();
        addresses.add(plan.gateway("a").getHostAddress());
        addresses.add(plan.links("a").getHostAddress());
        addresses.add(plan.visitor("a").getHostAddress());
        for (int index = 0; index < 100; index++) {
            addresses.add(plan.container("a", "orders", index, false).getHostAddress());
            addresses.add(plan.container("a", "orders", index, true).getHostAddress());
            addresses.add(plan.link("a", "x->" + index).getHostAddress());
        }
        assertThat(addresses).doesNotHaveDuplicates();
        assertThat(plan.container("a", "orders", 7, true)).isEqualTo(plan.container("a", "orders", 7, true));
        assertThat(plan.subnet("a").overlaps(plan.subnet("b"))).isFalse();
        assertThatThrownBy(() -> plan.subnet("c")).hasMessageContaining("'c'");
    }
}
