package dev.understudy.runtime.simulated;

import static dev.understudy.runtime.simulated.Rehearsed.LONG;
import static dev.understudy.runtime.simulated.Rehearsed.look;
import static dev.understudy.runtime.simulated.Rehearsed.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.LinkHandle;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Request;
import dev.understudy.scenario.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleWorldsTest {
    private static final Link TO_PAYMENTS = new Link("orders", "payments");

    @Test
    void anOrderCanBeReadBackUnderTheIdOfItsArm() {
        Rehearsed.within(1, Set.of(), shop -> {
            Answer inCandidate = order(shop.candidate(), "5.00");
            Answer inControl = order(shop.control(), "5.00");

            assertThat(inCandidate.status()).isEqualTo(201);
            assertThat(Call.field(inCandidate, "payment")).isEqualTo("authorised");
            assertThat(Call.field(look(shop.candidate(), inCandidate), "amount"))
                    .isEqualTo("5.00");
            assertThat(Call.field(look(shop.control(), inControl), "amount")).isEqualTo("5.00");
        });
    }

    @Test
    void ordersWithATimeOutSurviveSlowPaymentsAndThoseWithoutAreAsSlowAsThem() {
        Rehearsed.within(2, Set.of(), shop -> {
            Duration slow = Duration.ofSeconds(4);
            shop.candidate().link(TO_PAYMENTS).disturb("slow", new LinkHandle.Disturbance.Delay(slow));

            assertThat(Call.field(order(shop.candidate(), "1.00"), "payment")).isEqualTo("pending");
            assertThat(took(shop, () -> order(shop.candidate(), "1.00"))).isLessThan(slow.toNanos());

            ship(shop, SampleWorlds.NO_TIMEOUT);
            assertThat(took(shop, () -> order(shop.candidate(), "1.00"))).isGreaterThan(slow.toNanos());
        });
    }

    @Test
    void theGoodReleaseLosesNothingOnTheWayBack() {
        assertThat(amountsAfterTheWayBack(SampleWorlds.GOOD, "db/U2__narrow.sql"))
                .containsExactly("1.00", "2.00");
    }

    @Test
    void theLossyUndoDeletesJustWhatTheNewReleaseWrote() {
        assertThat(amountsAfterTheWayBack(SampleWorlds.LOSSY, "db/U2__lossy.sql"))
                .containsExactly("1.00");
    }

    private static List<String> amountsAfterTheWayBack(String release, String undo) {
        List<String> amounts = new ArrayList<>();
        Rehearsed.within(3, Set.of(), shop -> {
            order(shop.candidate(), "1.00");
            ship(shop, release);
            assertThat(order(shop.candidate(), "2.00").status()).isEqualTo(201);
            assertThat(shop.candidate().deploy("orders", Release.of("1.0")).healthy())
                    .isTrue();
            assertThat(shop.sql(undo).succeeded()).isTrue();
            amounts.addAll(Rehearsed.amounts(shop.candidate()));
        });
        return amounts;
    }

    @Test
    void theOldReleaseCannotReadWhatTheUnreadableOneWrote() {
        Rehearsed.within(4, Set.of(), shop -> {
            ship(shop, SampleWorlds.UNREADABLE);
            Answer written = order(shop.candidate(), "2.00");
            assertThat(look(shop.candidate(), written).status()).isEqualTo(200);

            shop.candidate().deploy("orders", Release.of("1.0"));
            shop.sql("db/U2__narrow.sql");

            assertThat(look(shop.candidate(), written).status()).isEqualTo(500);
        });
    }

    @Test
    void aDrainedGatewayRefusesOrdersAndStillShowsProducts() {
        Rehearsed.within(5, Set.of(), shop -> {
            Arm arm = shop.candidate();
            arm.exchange(new Request("gateway", "POST", "/admin/drain", List.of(), new byte[0]), LONG);
            assertThat(order(arm, "1.00").status()).isEqualTo(503);
            assertThat(arm.exchange(Request.get("gateway", "/products"), LONG).status())
                    .isEqualTo(200);

            arm.exchange(new Request("gateway", "POST", "/admin/undrain", List.of(), new byte[0]), LONG);
            assertThat(order(arm, "1.00").status()).isEqualTo(201);
        });
    }

    private static void ship(Rehearsed shop, String release) {
        assertThat(shop.sql("db/V2__widen.sql").succeeded()).isTrue();
        assertThat(shop.candidate().deploy("orders", Release.of(release)).healthy())
                .isTrue();
    }

    private static long took(Rehearsed shop, Runnable action) {
        long began = shop.timeline().now();
        action.run();
        return shop.timeline().now() - began;
    }
}
