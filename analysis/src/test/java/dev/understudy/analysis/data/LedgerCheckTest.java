package dev.understudy.analysis.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.data.Exchanges.Side;
import dev.understudy.analysis.data.LedgerCheck.Kept;
import dev.understudy.runtime.Answer;
import dev.understudy.scenario.LedgerEntry;
import dev.understudy.scenario.LedgerEntry.Route;
import dev.understudy.scenario.Place;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerCheckTest {
    private static final Route READ = new Route("GET", "shop", "/orders/{key}");
    private static final LedgerEntry ORDERS = entry(new Route("POST", "shop", "/orders"), "json:/id");
    private static final LedgerEntry NOTES = new LedgerEntry(
            new Place("s.yaml", 1, 1),
            new Route("POST", "shop", "/orders/{key}/note"),
            Optional.empty(),
            READ,
            List.of());

    private final Exchanges exchanges = new Exchanges();

    private static LedgerEntry entry(Route write, String key, String... values) {
        return new LedgerEntry(new Place("s.yaml", 1, 1), write, Optional.of(key), READ, List.of(values));
    }

    private static Answer answer(int status, String body) {
        return new Answer.Answered(status, List.of(), body.getBytes(UTF_8));
    }

    private static Answer found(String body) {
        return answer(200, body);
    }

    private Kept judge(LedgerEntry entry, Answer candidate, Answer control) {
        LedgerCheck check = new LedgerCheck(exchanges.history());
        return check.judge(check.promises(entry).getFirst(), candidate, Optional.of(control));
    }

    private void ordered() {
        exchanges.add(
                "POST",
                Side.ok("/orders", "{}", "{\"id\":17,\"state\":\"open\",\"served\":\"x1\"}"),
                Side.ok("/orders", "{}", "{\"id\":18,\"state\":\"open\",\"served\":\"x2\"}"));
    }

    @Test
    void lastAcknowledgementOfEachKeyIsThePromise() {
        ordered();
        exchanges.add("POST", Side.ok("/orders", "{}", "{\"id\":18}"), Side.refused("/orders", "{}"));
        exchanges.add(
                "PUT",
                Side.ok("/orders/17", "{}", "{\"state\":\"paid\"}"),
                Side.ok("/orders/18", "{}", "{\"state\":\"paid\"}"));
        exchanges.both("DELETE", "/orders/3", "", "");
        LedgerCheck check = new LedgerCheck(exchanges.history());

        List<Promise> promises = check.promises(ORDERS);

        assertThat(promises).extracting(Promise::key).containsExactly("18", "3");
        assertThat(promises).extracting(Promise::deleted).containsExactly(false, true);
        assertThat(promises.getFirst().acknowledgedAt()).isEqualTo(35 * Exchanges.MS);
        assertThat(check.readOf(promises.getFirst()).target()).isEqualTo("/orders/18");
        assertThat(check.controlReadOf(promises.getFirst()).orElseThrow().target())
                .isEqualTo("/orders/17");
    }

    @Test
    void keptIfItReadsAsTheControlDoesUpToNames() {
        ordered();

        assertThat(judge(ORDERS, found("{\"id\":18,\"state\":\"open\"}"), found("{\"id\":17,\"state\":\"open\"}")))
                .isEqualTo(Kept.KEPT);
        assertThat(judge(ORDERS, found("{\"id\":18,\"state\":\"gone\"}"), found("{\"id\":17,\"state\":\"open\"}")))
                .isEqualTo(Kept.LOST);
        assertThat(judge(ORDERS, found("{\"id\":18}"), found("{\"id\":17,\"state\":\"open\"}")))
                .as("a leaf that was acknowledged, that the control has, and that is gone")
                .isEqualTo(Kept.LOST);
    }

    @Test
    void absentIsLostAndUnreadableIsWorse() {
        ordered();
        Answer there = found("{\"id\":17,\"state\":\"open\"}");

        assertThat(judge(ORDERS, answer(404, ""), there)).isEqualTo(Kept.LOST);
        assertThat(judge(ORDERS, answer(500, ""), there)).isEqualTo(Kept.UNREADABLE);
        assertThat(judge(ORDERS, new Answer.Unanswered(Answer.Why.TIMED_OUT, ""), there))
                .isEqualTo(Kept.UNREADABLE);
        assertThat(judge(ORDERS, answer(500, ""), answer(500, ""))).isEqualTo(Kept.UNCHECKED);
        assertThat(judge(ORDERS, answer(404, ""), answer(404, ""))).isEqualTo(Kept.KEPT);
    }

    @Test
    void valueThatMovedOnInTheControlMustHaveMovedOnInTheCandidate() {
        ordered();
        exchanges.add("POST", Side.ok("/orders/17/pay", "{}", "{}"), Side.ok("/orders/18/pay", "{}", "{}"));
        Answer paid = found("{\"id\":17,\"state\":\"paid\"}");

        assertThat(judge(ORDERS, found("{\"id\":18,\"state\":\"paid\"}"), paid)).isEqualTo(Kept.KEPT);
        assertThat(judge(ORDERS, found("{\"id\":18,\"state\":\"open\"}"), paid)).isEqualTo(Kept.LOST);
    }

    @Test
    void valueThatMovedOnByAWriteTheCandidateRefusedIsNotHeldAgainstIt() {
        ordered();
        exchanges.add("POST", Side.ok("/orders/17/pay", "{}", "{}"), Side.refused("/orders/18/pay", "{}"));

        assertThat(judge(ORDERS, found("{\"id\":18,\"state\":\"open\"}"), found("{\"id\":17,\"state\":\"paid\"}")))
                .isEqualTo(Kept.KEPT);
    }

    @Test
    void keyInThePathIsTakenFromThere() {
        ordered();
        exchanges.add(
                "POST",
                Side.ok("/orders/17/note", "{\"note\":\"ring\"}", "{\"id\":17,\"note\":\"ring\"}"),
                Side.ok("/orders/18/note", "{\"note\":\"ring\"}", "{\"id\":18,\"note\":\"ring\"}"));

        assertThat(judge(NOTES, found("{\"id\":18,\"note\":\"ring\"}"), found("{\"id\":17,\"note\":\"ring\"}")))
                .isEqualTo(Kept.KEPT);
        assertThat(judge(NOTES, found("{\"id\":18,\"note\":\"\"}"), found("{\"id\":17,\"note\":\"ring\"}")))
                .isEqualTo(Kept.LOST);
    }

    @Test
    void deleteIsAPromiseToo() {
        exchanges.both("DELETE", "/orders/3", "", "");

        assertThat(judge(ORDERS, answer(404, ""), answer(404, ""))).isEqualTo(Kept.KEPT);
        assertThat(judge(ORDERS, found("{\"id\":3}"), answer(404, ""))).isEqualTo(Kept.LOST);
    }

    @Test
    void onlyNamedValuesCountIfAnyAreNamed() {
        ordered();
        LedgerEntry named = entry(ORDERS.write(), "json:/id", "json:/state");

        assertThat(judge(
                        named,
                        found("{\"id\":18,\"state\":\"open\",\"served\":\"q\"}"),
                        found("{\"id\":17,\"state\":\"open\",\"served\":\"x1\"}")))
                .isEqualTo(Kept.KEPT);
        assertThat(judge(named, found("{\"id\":18}"), found("{\"id\":17,\"state\":\"open\"}")))
                .isEqualTo(Kept.LOST);
    }

    @Test
    void leafThatDiffersBetweenTwoReadsOfTheControlIsNoise() {
        exchanges.add(
                "POST",
                Side.ok("/orders", "{}", "{\"id\":17,\"views\":1}"),
                Side.ok("/orders", "{}", "{\"id\":18,\"views\":1}"));
        LedgerCheck check = new LedgerCheck(exchanges.history());
        Promise promise = check.promises(ORDERS).getFirst();
        Answer candidate = found("{\"id\":18,\"views\":9}");
        Optional<Answer> control = Optional.of(found("{\"id\":17,\"views\":5}"));

        assertThat(check.judge(promise, candidate, control, Optional.of(found("{\"id\":17,\"views\":6}"))))
                .isEqualTo(Kept.KEPT);
        assertThat(check.judge(promise, candidate, control)).isEqualTo(Kept.LOST);
    }

    @Test
    void withoutTheControlTheCandidatesOwnWordCounts() {
        exchanges.add(
                "POST", Side.refused("/orders", "{}"), Side.ok("/orders", "{}", "{\"id\":18,\"state\":\"open\"}"));
        LedgerCheck check = new LedgerCheck(exchanges.history());
        Promise promise = check.promises(ORDERS).getFirst();

        assertThat(check.controlReadOf(promise)).isEmpty();
        assertThat(check.judge(promise, found("{\"state\":\"open\"}"), Optional.empty()))
                .isEqualTo(Kept.KEPT);
        assertThat(check.judge(promise, found("{\"state\":\"x\"}"), Optional.empty()))
                .isEqualTo(Kept.LOST);
        assertThat(check.judge(promise, answer(404, ""), Optional.empty())).isEqualTo(Kept.LOST);
    }

    @Test
    void aWriteThatTheControlTookAloneDoesNotExcuseThatAKeyIsGone() {
        ordered();
        exchanges.add("POST", Side.ok("/orders/17/pay", "{}", "{}"), Side.refused("/orders/18/pay", "{}"));
        exchanges.add("PUT", Side.ok("/orders/17", "{}", "{\"state\":\"paid\"}"), Side.unknown("/orders/18", "{}"));
        Answer paid = found("{\"id\":17,\"state\":\"paid\"}");

        assertThat(judge(ORDERS, answer(404, ""), paid)).isEqualTo(Kept.LOST);
        assertThat(judge(ORDERS, found("{\"id\":18,\"state\":\"x\"}"), paid))
                .as("what it reads is in doubt")
                .isEqualTo(Kept.KEPT);
    }

    @Test
    void aDeleteThatTheControlTookAloneIsNotHeldAgainstTheCandidate() {
        ordered();
        exchanges.add("DELETE", Side.ok("/orders/17", "", ""), Side.refused("/orders/18", ""));

        assertThat(judge(ORDERS, found("{\"id\":18,\"state\":\"open\"}"), answer(404, "")))
                .isEqualTo(Kept.UNCHECKED);
    }

    @Test
    void whatTheCandidateMadeGoAloneIsNotHeldAgainstIt() {
        ordered();
        exchanges.add("POST", Side.refused("/orders/17/cancel", ""), Side.ok("/orders/18/cancel", "", ""));

        assertThat(judge(ORDERS, answer(404, ""), found("{\"id\":17,\"state\":\"open\"}")))
                .isEqualTo(Kept.UNCHECKED);
    }

    @Test
    void whatBothMadeGoIsNotThereAgain() {
        ordered();
        exchanges.add("POST", Side.ok("/orders/17/cancel", "", ""), Side.ok("/orders/18/cancel", "", ""));

        assertThat(judge(ORDERS, found("{\"id\":18,\"state\":\"open\"}"), answer(404, "")))
                .isEqualTo(Kept.LOST);
    }

    @Test
    void aDeleteThatTheCandidateTookAloneIsKept() {
        exchanges.add("DELETE", Side.refused("/orders/3", ""), Side.ok("/orders/3", "", ""));

        assertThat(judge(ORDERS, answer(404, ""), found("{\"id\":3}"))).isEqualTo(Kept.KEPT);
        assertThat(judge(ORDERS, found("{\"id\":3}"), found("{\"id\":3}"))).isEqualTo(Kept.LOST);
    }

    @Test
    void aDeleteOfUnknownOutcomeExcusesThatAKeyIsGone() {
        ordered();
        exchanges.add("DELETE", Side.unknown("/orders/17", ""), Side.unknown("/orders/18", ""));
        exchanges.add("PUT", Side.unknown("/orders/17", "{}"), Side.unknown("/orders/18", "{}"));

        assertThat(judge(ORDERS, answer(404, ""), found("{\"id\":17,\"state\":\"open\"}")))
                .isEqualTo(Kept.UNCHECKED);
    }

    @Test
    void aWriteOfUnknownOutcomeAfterADeleteExcusesThatAKeyIsThere() {
        exchanges.both("DELETE", "/orders/3", "", "");
        exchanges.add("PUT", Side.unknown("/orders/3", "{}"), Side.unknown("/orders/3", "{}"));

        assertThat(judge(ORDERS, found("{\"id\":3}"), answer(404, ""))).isEqualTo(Kept.UNCHECKED);
    }

    @Test
    void aNoteOfUnknownOutcomeMakesTheNoteDoubtful() {
        ordered();
        exchanges.add(
                "POST",
                Side.ok("/orders/17/note", "{\"note\":\"ring\"}", "{\"note\":\"ring\"}"),
                Side.ok("/orders/18/note", "{\"note\":\"ring\"}", "{\"note\":\"ring\"}"));
        exchanges.add(
                "POST",
                Side.unknown("/orders/17/note", "{\"note\":\"knock\"}"),
                Side.unknown("/orders/18/note", "{\"note\":\"knock\"}"));

        assertThat(judge(NOTES, found("{\"id\":18,\"note\":\"knock\"}"), found("{\"id\":17,\"note\":\"ring\"}")))
                .isEqualTo(Kept.KEPT);
    }

    @Test
    void withoutTheControlAKeyWhosePresenceIsInDoubtIsNotJudged() {
        exchanges.add(
                "POST", Side.refused("/orders", "{}"), Side.ok("/orders", "{}", "{\"id\":18,\"state\":\"open\"}"));
        exchanges.add("DELETE", Side.refused("/orders/18", ""), Side.unknown("/orders/18", ""));
        LedgerCheck check = new LedgerCheck(exchanges.history());

        assertThat(check.judge(check.promises(ORDERS).getFirst(), answer(404, ""), Optional.empty()))
                .isEqualTo(Kept.UNCHECKED);
    }

    @Test
    void findingsCountLossesOnceAndDateThem() {
        ordered();
        exchanges.add("POST", Side.ok("/orders", "{}", "{\"id\":27}"), Side.ok("/orders", "{}", "{\"id\":28}"));
        LedgerCheck check = new LedgerCheck(exchanges.history());
        List<Promise> promises = check.promises(ORDERS);

        LedgerFindings found = LedgerFindings.of(
                ORDERS,
                List.of(
                        new LedgerFindings.Judged(promises.get(0), Kept.LOST),
                        new LedgerFindings.Judged(promises.get(1), Kept.UNREADABLE)),
                "salt");

        assertThat(found.event(1).entry()).isEqualTo("POST shop/orders");
        assertThat(found.lost()).isEqualTo(2);
        assertThat(found.unreadable()).isEqualTo(1);
        assertThat(found.event(1).lostSpanNanos()).isEqualTo(10 * Exchanges.MS);
        assertThat(found.examples()).allMatch(line -> line.matches("(lost|unreadable): #[0-9a-f]{12}"));
    }

    @Test
    void coverageLeavesOutWhatIsUnknownAndWhatWasBuiltOnIt() {
        exchanges.session("a").both("POST", "/orders", "{}", "{}");
        exchanges.add("POST", Side.ok("/orders", "{}", "{}"), Side.unknown("/orders", "{}"));
        exchanges.both("POST", "/orders", "{}", "{}");
        exchanges.session("b").add("POST", Side.ok("/orders", "{}", "{}"), Side.refused("/orders", "{}"));
        exchanges.both("GET", "/orders", "", "");

        WriteCoverage coverage = WriteCoverage.of(exchanges.history());

        assertThat(coverage).isEqualTo(new WriteCoverage(4, 2));
        assertThat(coverage.share()).isEqualTo(0.5);
    }
}
