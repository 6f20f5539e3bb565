package dev.understudy.analysis.data;
import java.util.List; import java.util.SplittableRandom; import org.junit.jupiter.api.Test;
class BigTest {
  @Test void big() {
    TwoShops shops = new TwoShops(new SplittableRandom(1), 0);
    long t0=System.nanoTime();
    Noise noise = shops.trade(3000).learn();
    System.out.println("learn ms "+(System.nanoTime()-t0)/1000000);
    shops.refuse(0.05).trade(9000);
    t0=System.nanoTime();
    DataFindings f = DataComparison.compare(shops.control(), shops.candidate(), noise, shops.history(), List.of(), "salt");
    System.out.println("compare ms "+(System.nanoTime()-t0)/1000000+" "+f.compared()+" lost "+f.lost()+" unserved "+f.unserved()+" un "+f.unattributed());
  }
}
