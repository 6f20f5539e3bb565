package dev.understudy.analysis.data;

import static dev.understudy.analysis.data.Images.db;
import static dev.understudy.analysis.data.Images.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.data.Exchanges.Side;
import dev.understudy.runtime.DataImage;
import dev.understudy.scenario.Scenario.ExpectedDifference;
import dev.understudy.scenario.Scenario.ExpectedDifference.What;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataComparisonTest {
    private static final String ORDERS = "id* customer>customers.id note state";

    private final Exchanges exchanges = new Exchanges();
    private Noise noise = Noise.none();
    private List<ExpectedDifference> expected = List.of();

    private DataFindings compare(DataImage control, DataImage candidate) {
        return DataComparison.compare(control, candidate, noise, exchanges.history(), expected, "salt");
    }

    private static DataImage orders(String... rows) {
        return db(table("orders", ORDERS, List.of(rows)));
    }

    /// An order that both arms made, under different ids.
    private void ordered(int control, int candidate) {
        exchanges.add(
                "POST",
                Side.ok("/orders", "{\"note\":\"a\"}", "{\"id\":" + control + "}"),
                Side.ok("/orders", "{\"note\":\"a\"}", "{\"id\":" + candidate + "}"));
    }

    @Test
    void sameRowsUnderOtherIdsAreEqual() {
        ordered(17, 18);
        ordered(18, 17);

        DataFindings found = compare(orders("17|1|a|open", "18|1|b|open"), orders("18|1|a|open", "17|1|b|open"));

        assertThat(found.compared()).isEqualTo(2);
        assertThat(found.lost() + found.unattributed() + found.unserved() + found.contended())
                .isZero();
        assertThat(found.examples()).isEmpty();
    }

    @Test
    void acknowledgedAndAbsentIsLost() {
        ordered(17, 18);
        ordered(18, 19);

        DataFindings found = compare(orders("17|1|a|open", "18|1|a|open"), orders("19|1|a|open"));

        assertThat(found.lost()).isEqualTo(1);
        assertThat(found.firstLostAt()).hasValue(15 * Exchanges.MS);
        assertThat(found.examples()).hasSize(1).allMatch(line -> line.matches("lost: orders #[0-9a-f]{12} absent"));
    }

    @Test
    void lostRowDoesNotHideBehindAnEqualOneThatNobodyKnows() {
        ordered(17, 18);

        DataFindings found = compare(orders("17|1|a|open"), orders("99|1|a|open"));

        assertThat(found.lost()).isEqualTo(1);
    }

    @Test
    void acknowledgedAndChangedBackIsLost() {
        ordered(17, 18);
        exchanges.add(
                "POST",
                Side.ok("/orders/17/note", "{\"note\":\"ring twice\"}", "{\"id\":17,\"note\":\"ring twice\"}"),
                Side.ok("/orders/18/note", "{\"note\":\"ring twice\"}", "{\"id\":18,\"note\":\"ring twice\"}"));

        DataFindings found = compare(orders("17|1|ring twice|open"), orders("18|1||open"));

        assertThat(found.lost()).isEqualTo(1);
        assertThat(found.examples()).first().asString().endsWith("differs in note");
    }

    @Test
    void refusedByTheCandidateIsUnserved() {
        exchanges.add("POST", Side.ok("/orders", "{}", "{\"id\":17}"), Side.refused("/orders", "{}"));
        ordered(18, 17);
        exchanges.add(
                "POST",
                Side.ok("/orders/18/pay", "{}", "{\"id\":18,\"state\":\"paid\"}"),
                Side.unknown("/orders/17/pay", "{}"));

        DataFindings found = compare(orders("17|1|a|open", "18|1|a|paid"), orders("17|1|a|open"));

        assertThat(found.unserved()).isEqualTo(2);
        assertThat(found.lost() + found.unattributed()).isZero();
    }

    @Test
    void unservedWriteDoesNotExcuseAColumnThatAnotherOneAcknowledged() {
        ordered(17, 18);
        exchanges.add(
                "POST",
                Side.ok("/orders/17/note", "{\"note\":\"ring\"}", "{\"note\":\"ring\"}"),
                Side.ok("/orders/18/note", "{\"note\":\"ring\"}", "{\"note\":\"ring\"}"));
        exchanges.add("POST", Side.ok("/orders/17/pay", "{}", "{}"), Side.refused("/orders/18/pay", "{}"));

        DataFindings found = compare(orders("17|1|ring|paid"), orders("18|1|-|open"));

        assertThat(found.lost()).isEqualTo(1);
    }

    @Test
    void declaredColumnsAndTablesAreExpected() {
        ordered(17, 17);
        expected = List.of(Images.expected(What.COLUMN, "orders.note"), Images.expected(What.TABLE, "audit"));
        DataImage.Table audit = table("audit", "id* what", List.of("1|x", "2|y"));
        DataImage.Table none = table("audit", "id* what", List.of());

        DataFindings found = compare(
                db(table("orders", ORDERS, List.of("17|1|a|open")), audit),
                db(table("orders", ORDERS, List.of("17|1||open")), none));

        assertThat(found.expected()).isEqualTo(3);
        assertThat(found.lost() + found.unattributed()).isZero();
    }

    @Test
    void rowWrittenBySessionsAtTheSameTimeIsContended() {
        exchanges.taking(50).session("a").both("PUT", "/settings/colour", "{\"value\":\"red\"}", "{}");
        exchanges.session("b").both("PUT", "/settings/colour", "{\"value\":\"blue\"}", "{}");
        String columns = "name* value";

        DataFindings found = compare(
                db(table("settings", columns, List.of("colour|blue"))),
                db(table("settings", columns, List.of("colour|red"))));
        DataFindings broken = compare(
                db(table("settings", columns, List.of("colour|blue"))),
                db(table("settings", columns, List.of("colour|-"))));

        assertThat(found.contended()).isEqualTo(1);
        assertThat(broken.lost())
                .as("no order of the writes explains a missing value")
                .isEqualTo(1);
    }

    @Test
    void rowsWithKeysOfTheirOwnArePairedByWhatTheyHold() {
        ordered(17, 18);
        ordered(18, 17);
        String columns = "id* order_id>orders.id sku quantity";
        DataImage.Table ours = table("order_lines", columns, List.of("40|17|cup|1", "41|17|pot|2", "42|18|cup|1"));
        DataImage.Table theirs = table("order_lines", columns, List.of("40|17|cup|1", "41|18|pot|2", "42|18|cup|1"));
        DataImage.Table gone = table("order_lines", columns, List.of("40|17|cup|1", "42|18|cup|1"));

        assertThat(compare(db(ours), db(theirs)).examples()).isEmpty();
        DataFindings found = compare(db(ours), db(gone));

        assertThat(found.lost()).isEqualTo(1);
        assertThat(found.unattributed()).isZero();
    }

    @Test
    void rowThatTakesAnUnservedRequestToBeThereIsUnserved() {
        for (int i = 1; i <= 4; i++) {
            ordered(i, i);
            String pay = "/orders/" + i + "/pay";
            exchanges.add(
                    "POST",
                    Side.ok(pay, "{}", "{\"id\":" + i + "}"),
                    i == 4 ? Side.refused(pay, "{}") : Side.ok(pay, "{}", "{\"id\":" + i + "}"));
        }
        String columns = "id* order_id>orders.id amount";
        List<String> all = List.of("1|1|5", "2|2|5", "3|3|5", "4|4|5");

        DataFindings unserved =
                compare(db(table("receipt", columns, all)), db(table("receipt", columns, all.subList(0, 3))));
        DataFindings lost =
                compare(db(table("receipt", columns, all)), db(table("receipt", columns, all.subList(1, 4))));

        assertThat(unserved.unserved()).isEqualTo(1);
        assertThat(unserved.lost()).isZero();
        assertThat(lost.lost()).isEqualTo(1);
    }

    @Test
    void rowThatARefusedRequestLeftHalfDoneIsUnserved() {
        exchanges.both("POST", "/sessions", "{}", "{\"customer\":1}");
        exchanges.add(
                "POST",
                Side.ok("/orders", "{\"basket\":\"basket-7\"}", "{\"id\":17,\"reference\":\"a1b2c3d4e5f6\"}"),
                Side.refused("/orders", "{\"basket\":\"basket-7\"}"));
        String columns = "id* reference basket customer>customers.id state";

        DataFindings both = compare(
                db(table("orders", columns, List.of("17|a1b2c3d4e5f6|basket-7|1|billed"))),
                db(table("orders", columns, List.of("17|f1b2c3d4e5f6|basket-7|1|open"))));
        DataFindings extra = compare(
                db(table("orders", columns, List.of())),
                db(table("orders", columns, List.of("17|f1b2c3d4e5f6|basket-7|1|open"))));

        assertThat(both.unserved()).isEqualTo(1);
        assertThat(extra.unserved()).isEqualTo(1);
        assertThat(both.lost() + both.unattributed() + extra.lost() + extra.unattributed())
                .isZero();
    }

    @Test
    void deletesAreComparedToo() {
        ordered(17, 18);
        ordered(18, 19);
        exchanges.both("DELETE", "/orders/1", "", "");
        exchanges.add("DELETE", Side.ok("/orders/17", "", ""), Side.ok("/orders/18", "", ""));
        exchanges.add("DELETE", Side.ok("/orders/18", "", ""), Side.refused("/orders/19", ""));

        DataFindings found = compare(orders(), orders("18|1|a|open", "19|1|a|open"));

        assertThat(found.lost()).as("deleted, and there again").isEqualTo(1);
        assertThat(found.unserved()).isEqualTo(1);
    }

    @Test
    void timesOfTheSameMomentAreNoDifferenceAndMissingOnesAre() {
        ordered(17, 18);
        String columns = "id* created_at paid_at";

        DataFindings same = compare(
                db(table("orders", columns, List.of("17|2026-11-21 11:00:00.1+00|1763722800123"))),
                db(table("orders", columns, List.of("18|2026-11-21 11:00:02.9+00|1763722800999"))));
        DataFindings missing = compare(
                db(table("orders", columns, List.of("17|2026-11-21 11:00:00.1+00|1763722800123"))),
                db(table("orders", columns, List.of("18|2026-11-21 11:00:02.9+00|-"))));

        assertThat(same.examples()).isEmpty();
        assertThat(missing.lost()).isEqualTo(1);
    }

    @Test
    void columnsThatAlwaysDifferAreNoiseButNotIfTheValueIsGone() {
        String columns = "id* secret note";
        for (int i = 1; i <= 4; i++) {
            ordered(i, i + 10);
        }
        noise = Noise.learn(
                db(table("orders", columns, List.of("1|x9|a", "2|k3|a", "3|b7|a"))),
                db(table("orders", columns, List.of("11|w1|a", "12|p2|a", "13|z0|a"))),
                exchanges.history());

        DataFindings same = compare(
                db(table("orders", columns, List.of("4|q1|a"))), db(table("orders", columns, List.of("14|r2|a"))));
        DataFindings gone = compare(
                db(table("orders", columns, List.of("4|q1|a"))), db(table("orders", columns, List.of("14|-|a"))));

        assertThat(noise.columns("orders")).containsExactly("secret");
        assertThat(noise.level("orders")).isZero();
        assertThat(same.examples()).isEmpty();
        assertThat(gone.lost()).isEqualTo(1);
    }

    @Test
    void counterThatDifferedOnceIsNoNoise() {
        for (int i = 1; i <= 9; i++) {
            exchanges.session("s" + i % 2).both("POST", "/products/" + i + "/buy", "{}", "{}");
        }
        String columns = "id* stock";
        List<String> ours = List.of("1|5", "2|5", "3|5", "4|5", "5|5", "6|5", "7|5", "8|5", "9|4");
        List<String> theirs = List.of("1|5", "2|5", "3|5", "4|5", "5|5", "6|5", "7|5", "8|5", "9|5");

        noise = Noise.learn(
                db(table("products", columns, ours)), db(table("products", columns, theirs)), exchanges.history());

        assertThat(noise.columns("products")).isEmpty();
        assertThat(noise.level("products")).isEqualTo(1);
    }

    @Test
    void randomColumnNobodyCouldLearnIsSaidToBeNotChecked() {
        for (int i = 1; i <= 3; i++) {
            ordered(i, i + 10);
        }
        String columns = "id* secret";

        DataFindings found = compare(
                db(table("orders", columns, List.of("1|a1b2c3d4e5f6a7", "2|b1b2c3d4e5f6a7", "3|c1b2c3d4e5f6a7"))),
                db(table("orders", columns, List.of("11|d1b2c3d4e5f6a7", "12|e1b2c3d4e5f6a7", "13|f1b2c3d4e5f6a7"))));

        assertThat(found.lost()).isZero();
        assertThat(found.notChecked()).singleElement().asString().startsWith("orders.secret: ");
    }

    @Test
    void rowThatNobodyWroteAndThatChangedIsLost() {
        DataImage before = orders("1|1|a|open", "2|1|b|open", "3|1|c|open");
        noise = Noise.learn(before, before, exchanges.history());

        DataFindings found = compare(before, orders("1|1||open", "2|1|b|open"));

        assertThat(found.lost()).isEqualTo(2);
    }

    private void orderedProduct(int control, int candidate) {
        exchanges.add(
                "POST",
                Side.ok("/orders", "{\"product\":7}", "{\"id\":" + control + "}"),
                Side.ok("/orders", "{\"product\":7}", "{\"id\":" + candidate + "}"));
    }

    @Test
    void whatAnUnservedCancellationWouldHaveGivenBackIsUnserved() {
        noise = Noise.learn(products("7|90"), products("7|90"), exchanges.history());
        orderedProduct(17, 18);
        exchanges.add(
                "POST", Side.ok("/orders/17/cancel", "{}", "{\"id\":17}"), Side.refused("/orders/18/cancel", "{}"));

        DataFindings found = compare(products("7|90"), products("7|88"));

        assertThat(found.unserved()).isEqualTo(1);
        assertThat(found.lost() + found.unattributed()).isZero();
    }

    @Test
    void whatACancellationGaveBackInOneArmOnlyIsLost() {
        noise = Noise.learn(products("7|90"), products("7|90"), exchanges.history());
        orderedProduct(17, 18);
        exchanges.add(
                "POST",
                Side.ok("/orders/17/cancel", "{}", "{\"id\":17}"),
                Side.ok("/orders/18/cancel", "{}", "{\"id\":18}"));

        assertThat(compare(products("7|90"), products("7|88")).lost()).isEqualTo(1);
    }

    private static DataImage products(String row) {
        return db(table("product", "id* stock", List.of(row)));
    }

    @Test
    void differenceThatNothingExplainsIsUnattributedAndNoiseIsKnown() {
        DataImage ours = db(table("jobs", "id* state", List.of("1|done", "2|done")));
        DataImage theirs = db(table("jobs", "id* state", List.of("1|done", "2|waiting")));
        noise = Noise.learn(ours, theirs, exchanges.history());

        DataFindings found = compare(
                db(table("jobs", "id* state", List.of("1|done", "2|done"))),
                db(table("jobs", "id* state", List.of("1|waiting", "2|waiting"))));

        assertThat(found.unattributed()).isEqualTo(2);
        assertThat(found.noise()).isEqualTo(1);
    }

    @Test
    void structureLeftBehindOrMissingIsToldUnlessDeclared() {
        expected = List.of(Images.expected(What.COLUMN, "orders.channel"));
        DataImage control =
                new DataImage("db", List.of("column orders.id bigint", "index orders_note"), List.of(), List.of());
        DataImage candidate = new DataImage(
                "db",
                List.of("column orders.channel text", "column orders.extra text", "column orders.id bigint"),
                List.of(),
                List.of("table big is too large"));

        DataFindings found = compare(control, candidate);

        assertThat(found.structure())
                .containsExactly("left behind: column orders.extra text", "missing: index orders_note");
        assertThat(found.notChecked()).containsExactly("candidate: table big is too large");
    }

    @Test
    void tableThatIsGoneLosesAllItsRows() {
        DataImage before = orders("1|1|a|open", "2|1|b|open");
        noise = Noise.learn(before, before, exchanges.history());

        assertThat(compare(before, db()).lost()).isEqualTo(2);
    }
}
