package dev.understudy.analysis.data;

import static dev.understudy.analysis.data.Images.db;
import static dev.understudy.analysis.data.Images.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.DataImage;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Random traffic on a small shop whose arms number their rows each in their own order.
class DataComparisonPropertiesTest {

    @Property(tries = 60)
    void armsThatDidTheSameShowNoDifference(@ForAll long seed) {
        TwoShops shops = new TwoShops(new SplittableRandom(seed), 0);
        Noise noise = shops.trade(40).learn();
        shops.trade(60);

        DataFindings found =
                DataComparison.compare(shops.control(), shops.candidate(), noise, shops.history(), List.of(), "salt");

        assertThat(found.examples()).isEmpty();
        assertThat(found.notChecked()).isEmpty();
    }

    @Property(tries = 60)
    void whatTheCandidateRefusedIsNeverCalledLost(@ForAll long seed) {
        TwoShops shops = new TwoShops(new SplittableRandom(seed), 0);
        Noise noise = shops.trade(40).learn();
        shops.refuse(0.3).trade(60);

        DataFindings found =
                DataComparison.compare(shops.control(), shops.candidate(), noise, shops.history(), List.of(), "salt");

        assertThat(found.lost()).as("%s", found.examples()).isZero();
        assertThat(found.unattributed()).as("%s", found.examples()).isZero();
    }

    @Property(tries = 60)
    void everyAcknowledgedOrderThatIsRemovedIsFound(@ForAll long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        TwoShops shops = new TwoShops(chance, 0);
        Noise noise = shops.trade(40).learn();
        shops.refuse(chance.nextInt(2) * 0.2).trade(60);
        int removed = shops.removeOrders(1 + chance.nextInt(5));

        DataFindings found =
                DataComparison.compare(shops.control(), shops.candidate(), noise, shops.history(), List.of(), "salt");

        assertThat(found.lost()).isGreaterThanOrEqualTo(removed);
    }

    @Property(tries = 60)
    void everyNoteThatAnUndoTakesBackIsCountedOnce(@ForAll long seed) {
        TwoShops shops = new TwoShops(new SplittableRandom(seed), 0);
        Noise noise = shops.trade(40).learn();
        int before = shops.notes();
        shops.trade(60);
        int taken = shops.takeBackNotesFrom(before);

        DataFindings found =
                DataComparison.compare(shops.control(), shops.candidate(), noise, shops.history(), List.of(), "salt");

        assertThat(found.lost()).isEqualTo(taken);
        assertThat(found.unattributed() + found.unserved() + found.contended()).isZero();
    }

    @Property(tries = 30)
    void emptyCandidateLosesEverythingAcknowledged(@ForAll long seed) {
        TwoShops shops = new TwoShops(new SplittableRandom(seed), 3);
        Noise noise = shops.trade(30).learn();
        DataImage control = shops.control();
        long rows =
                control.tables().stream().mapToLong(each -> each.rows().size()).sum();

        DataFindings found = DataComparison.compare(
                control,
                db(table("orders", TwoShops.ORDERS, List.of()), table("order_lines", TwoShops.LINES, List.of())),
                noise,
                shops.history(),
                List.of(),
                "salt");

        assertThat(found.lost()).isEqualTo(rows);
    }
}
