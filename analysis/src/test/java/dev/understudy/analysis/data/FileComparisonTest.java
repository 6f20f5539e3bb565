package dev.understudy.analysis.data;

import static dev.understudy.analysis.data.Images.files;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.data.Exchanges.Side;
import dev.understudy.runtime.DataImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileComparisonTest {
    private final Exchanges exchanges = new Exchanges();

    private DataFindings compare(DataImage control, DataImage candidate) {
        return DataComparison.compare(control, candidate, Noise.none(), exchanges.history(), List.of(), "salt");
    }

    private void noted(int control, int candidate, String text) {
        String asked = "{\"text\":\"" + text + "\"}";
        exchanges.add(
                "POST",
                Side.ok("/notes", asked, "{\"id\":" + control + "}"),
                Side.ok("/notes", asked, "{\"id\":" + candidate + "}"));
    }

    @Test
    void filesNamedByIdentifiersArePairedByWhatTheyStandFor() {
        noted(1, 2, "milk");
        noted(2, 1, "eggs");

        DataFindings same = compare(
                files("notes", "1.json", "{\"id\":1,\"text\":\"milk\"}", "2.json", "{\"id\":2,\"text\":\"eggs\"}"),
                files("notes", "1.json", "{\"id\":1,\"text\":\"eggs\"}", "2.json", "{\"id\":2,\"text\":\"milk\"}"));
        DataFindings gone = compare(
                files("notes", "1.json", "{\"id\":1,\"text\":\"milk\"}", "2.json", "{\"id\":2,\"text\":\"eggs\"}"),
                files("notes", "2.json", "{\"id\":2,\"text\":\"milk\"}"));

        assertThat(same.compared()).isEqualTo(2);
        assertThat(same.examples()).isEmpty();
        assertThat(gone.lost()).isEqualTo(1);
    }

    @Test
    void linesOfJsonAreRowsInAnyOrder() {
        noted(1, 2, "milk");
        noted(2, 1, "eggs");

        DataFindings same = compare(
                files("store", "notes.jsonl", "{\"id\":1,\"text\":\"milk\"}\n{\"id\":2,\"text\":\"eggs\"}\n"),
                files("store", "notes.jsonl", "{\"id\":1,\"text\":\"eggs\"}\n{\"id\":2,\"text\":\"milk\"}\n"));
        DataFindings gone = compare(
                files("store", "notes.jsonl", "{\"id\":1,\"text\":\"milk\"}\n{\"id\":2,\"text\":\"eggs\"}\n"),
                files("store", "notes.jsonl", "{\"id\":2,\"text\":\"milk\"}\n"));
        DataFindings changed = compare(
                files("store", "notes.jsonl", "{\"id\":1,\"text\":\"milk\"}\n{\"id\":2,\"text\":\"eggs\"}\n"),
                files("store", "notes.jsonl", "{\"id\":2,\"text\":\"milk\"}\n{\"id\":1}\n"));

        assertThat(same.compared()).isEqualTo(2);
        assertThat(same.examples()).isEmpty();
        assertThat(gone.lost()).isEqualTo(1);
        assertThat(changed.lost()).isEqualTo(1);
    }

    @Test
    void oneFileWithAllRecordsIsARowARecord() {
        noted(1, 2, "milk");
        noted(2, 1, "eggs");
        String ours = "{\"1\":{\"text\":\"milk\"},\"2\":{\"text\":\"eggs\"}}";

        assertThat(compare(
                                files("store", "notes.json", ours),
                                files("store", "notes.json", "{\"2\":{\"text\":\"milk\"},\n\"1\":{\"text\":\"eggs\"}}"))
                        .examples())
                .isEmpty();
        assertThat(compare(
                                files("store", "notes.json", ours),
                                files("store", "notes.json", "{\"2\":{\"text\":\"milk\"}}"))
                        .lost())
                .isEqualTo(1);
    }

    @Test
    void textIsComparedLineByLine() {
        exchanges.add(
                "POST",
                Side.ok("/notes", "{\"basket\":\"basket-a1\"}", "{\"id\":1}"),
                Side.ok("/notes", "{\"basket\":\"basket-a1\"}", "{\"id\":2}"));

        DataFindings same = compare(
                files("orders", "basket-a1.txt", "for customer 5\nnote 1\n"),
                files("orders", "basket-a1.txt", "for customer 5\nnote 2\n"));
        DataFindings gone = compare(
                files("orders", "basket-a1.txt", "for customer 5\nnote 1\n"),
                files("orders", "basket-a1.txt", "for customer 5\n"));

        assertThat(same.examples()).isEmpty();
        assertThat(same.compared()).isEqualTo(2);
        assertThat(gone.lost()).isEqualTo(1);
    }

    @Test
    void fileThatOnlyTheCandidateWasAskedForInFullIsUnserved() {
        exchanges.both("POST", "/orders", "{\"basket\":\"basket-a1\"}", "{\"id\":1}");
        exchanges.add("POST", Side.refused("/orders/1/pay", "{}"), Side.ok("/orders/1/pay", "{}", "{\"id\":1}"));
        exchanges.both("POST", "/orders", "{\"basket\":\"basket-a2\"}", "{\"id\":2}");
        String[] paid = {"basket-a1.txt", "for customer 1\n"};
        String[] unpaid = {"basket-a2.txt", "for customer 2\n"};

        assertThat(compare(files("orders"), files("orders", paid)).unserved()).isEqualTo(1);
        assertThat(compare(files("orders"), files("orders", unpaid)).unattributed())
                .isEqualTo(1);
    }

    @Test
    void fileThatTakesAnUnservedRequestToBeThereIsUnserved() {
        List<String> files = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            String asked = "{\"basket\":\"basket-a" + i + "\"}";
            exchanges.both("POST", "/orders", asked, "{\"id\":" + i + "}");
            String pay = "/orders/" + i + "/pay";
            Side paid = Side.ok(pay, "{}", "{\"id\":" + i + "}");
            exchanges.add("POST", paid, i == 5 ? Side.refused(pay, "{}") : paid);
            files.add("basket-a" + i + ".txt");
            files.add("for customer " + i + "\n");
        }
        String[] all = files.toArray(String[]::new);

        DataFindings unserved = compare(files("orders", all), files("orders", Arrays.copyOf(all, 8)));
        DataFindings lost = compare(files("orders", all), files("orders", Arrays.copyOfRange(all, 2, 10)));

        assertThat(unserved.unserved()).isEqualTo(1);
        assertThat(unserved.lost() + unserved.unattributed()).isZero();
        assertThat(lost.lost()).isEqualTo(1);
    }

    @Test
    void filesOfWhichTheCandidateHasNoneAreUnservedWhereItWasNotAskedInFullAndElseLost() {
        List<String> files = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            exchanges.both("POST", "/orders", "{\"basket\":\"basket-a" + i + "\"}", "{\"id\":" + i + "}");
            String pay = "/orders/" + i + "/pay";
            Side paid = Side.ok(pay, "{}", "{\"id\":" + i + "}");
            exchanges.add("POST", paid, i <= 2 ? Side.refused(pay, "{}") : paid);
            files.add("basket-a" + i + ".txt");
            files.add("for customer " + i + "\n");
        }

        DataFindings found = compare(files("orders", files.toArray(String[]::new)), files("orders"));

        assertThat(found.unserved()).isEqualTo(2);
        assertThat(found.lost()).isEqualTo(3);
    }

    @Test
    void fileOfSomethingOlderIsKnownByWhatReadsShowed() {
        exchanges.both("GET", "/orders", "", "{\"orders\":[{\"id\":5,\"basket\":\"basket-a5\"}]}");
        exchanges.add("POST", Side.ok("/orders/5/pay", "{}", "{\"id\":5}"), Side.refused("/orders/5/pay", "{}"));

        DataFindings found = compare(files("orders", "basket-a5.txt", "for customer 5\n"), files("orders"));

        assertThat(found.unserved()).isEqualTo(1);
        assertThat(found.unattributed() + found.lost()).isZero();
    }

    @Test
    void globsNameFiles() {
        assertThat(FileTables.isMatch("tmp/*.log", "orders/tmp/a.log")).isTrue();
        assertThat(FileTables.isMatch("*.log", "orders/tmp/a.log")).isFalse();
        assertThat(FileTables.isMatch("**.log", "orders/tmp/a.log")).isTrue();
        assertThat(FileTables.pattern("orders/17/basket-a3.json")).isEqualTo("orders/{}/basket-{}.json");
    }
}
