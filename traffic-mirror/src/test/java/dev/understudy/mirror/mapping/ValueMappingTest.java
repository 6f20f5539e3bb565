package dev.understudy.mirror.mapping;

import static dev.understudy.mirror.Messages.answered;
import static dev.understudy.mirror.Messages.headers;
import static dev.understudy.mirror.Messages.request;
import static dev.understudy.mirror.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.mirror.Messages;
import dev.understudy.mirror.message.Headers;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ValueMappingTest {
    private final ValueMapping mapping = new ValueMapping();
    private final Request create = request("POST", "/orders", "{\"sku\":\"A1\",\"quantity\":17}");

    private void created17as9() {
        mapping.learn(
                live(create, 201, "{\"id\":17,\"status\":\"paid\"}"),
                answered(201, "{\"id\":9,\"status\":\"pending\"}"));
    }

    private String target(String target) {
        return mapping.rewrite(request("GET", target, "")).target();
    }

    private String body(String target, String body) {
        return text(mapping.rewrite(request("POST", target, body)).body());
    }

    private static LiveAnswer live(Request request, int status, String body, String... headers) {
        return new LiveAnswer(Messages.live(request, status, body, headers));
    }

    @Test
    void aCreatedIdIsRewrittenWhereTheSameKindOfThingStands() {
        created17as9();
        assertThat(target("/orders/17")).isEqualTo("/orders/9");
        assertThat(target("/orders/17/items?order=17&page=17")).isEqualTo("/orders/9/items?order=9&page=17");
        assertThat(target("/orders?id=17")).isEqualTo("/orders?id=9");
        assertThat(body("/payments", "{\"orderId\":17,\"amount\":17}")).isEqualTo("{\"orderId\":9,\"amount\":17}");
        assertThat(body("/payments", "{\"order\":{\"id\":\"17\"}}")).isEqualTo("{\"order\":{\"id\":\"9\"}}");
        assertThat(body("/batch", "{\"order_ids\":[17,18]}")).isEqualTo("{\"order_ids\":[9,18]}");
    }

    @Test
    void theSameNumberOfAnotherKindStays() {
        created17as9();
        assertThat(target("/products/17")).isEqualTo("/products/17");
        assertThat(body("/orders", "{\"sku\":\"A1\",\"quantity\":17}")).isEqualTo("{\"sku\":\"A1\",\"quantity\":17}");
    }

    @Test
    void oneNumberCanMeanTwoThings() {
        created17as9();
        mapping.learn(live(request("POST", "/payments", "{}"), 201, "{\"id\":17}"), answered(201, "{\"id\":40}"));
        assertThat(body("/refunds", "{\"orderId\":17,\"paymentId\":17}")).isEqualTo("{\"orderId\":9,\"paymentId\":40}");
    }

    @Test
    void wordsFractionsAndTimesAreNeverRewritten() {
        mapping.learn(
                live(
                        create,
                        201,
                        "{\"status\":\"inProgress\",\"statusId\":\"completed\",\"startedAt\":1763719200123,\"total\":12.5,\"createdAt\":\"2026-11-21T10:00:00Z\",\"ok\":true}"),
                answered(
                        201,
                        "{\"status\":\"notStarted\",\"statusId\":\"cancelled\",\"startedAt\":1763719200129,\"total\":13.5,\"createdAt\":\"2026-11-21T10:00:01Z\",\"ok\":false}"));
        assertThat(mapping.pairs()).isEmpty();
    }

    @Test
    void aDistinctiveValueIsRewrittenWhereverItStandsAsAWhole() {
        mapping.learn(live(create, 201, "{\"receipt\":\"r-8f3e21aa\"}"), answered(201, "{\"receipt\":\"r-00aa7731\"}"));
        Request rewritten = mapping.rewrite(new Request(
                "shop",
                "POST",
                "/print/r-8f3e21aa?x=r-8f3e21aa",
                headers(
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: 27",
                        "X-Receipt: r-8f3e21aa",
                        "Authorization: Bearer r-8f3e21aa",
                        "Cookie: a=1; last=r-8f3e21aa"),
                "copy=r-8f3e21aa&note=a+b%26".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(rewritten.target()).isEqualTo("/print/r-00aa7731?x=r-00aa7731");
        assertThat(text(rewritten.body())).isEqualTo("copy=r-00aa7731&note=a+b%26");
        assertThat(Headers.first(rewritten.headers(), "x-receipt")).contains("r-00aa7731");
        assertThat(Headers.first(rewritten.headers(), "authorization")).contains("Bearer r-00aa7731");
        assertThat(Headers.first(rewritten.headers(), "cookie")).contains("a=1; last=r-00aa7731");
        assertThat(Headers.first(rewritten.headers(), "content-length")).contains("27");
    }

    @Test
    void sessionCookiesAreLearntFromSetCookie() {
        mapping.learn(
                live(request("POST", "/login", "{}"), 200, "{}", "Set-Cookie: session=LIVE; Path=/; HttpOnly"),
                answered(200, "{}", "Set-Cookie: session=ARM; Path=/; HttpOnly"));
        Request rewritten = mapping.rewrite(request("GET", "/basket", "", "Cookie: theme=dark; session=LIVE"));
        assertThat(Headers.first(rewritten.headers(), "cookie")).contains("theme=dark; session=ARM");
    }

    @Test
    void locationTeachesPathSegmentsAndQueryValues() {
        mapping.learn(
                live(create, 303, "", "Location: http://shop/orders/17?token=aaaaaaaa1"),
                answered(303, "", "Location: http://shop/orders/9?token=bbbbbbbb2"));
        assertThat(target("/orders/17?token=aaaaaaaa1")).isEqualTo("/orders/9?token=bbbbbbbb2");
        assertThat(mapping.pairs()).contains(new Pair("17", "9", "id", "location", "orders"));
    }

    @Test
    void typesInJsonAreKept() {
        mapping.learn(live(create, 201, "{\"id\":17}"), answered(201, "{\"id\":\"ord-9\"}"));
        assertThat(body("/p", "{\"orderId\":17}")).isEqualTo("{\"orderId\":\"ord-9\"}");
    }

    @Test
    void equalValuesAreKnowledgeToo() {
        mapping.learn(live(create, 201, "{\"id\":17}"), answered(201, "{\"id\":17}"));
        assertThat(target("/orders/17")).isEqualTo("/orders/17");
        assertThat(mapping.pairs())
                .singleElement()
                .satisfies(pair -> assertThat(pair.isSame()).isTrue());
    }

    @Test
    void aListReadLaterDoesNotOverwriteWhatAWriteTaught() {
        created17as9();
        Request list = request("GET", "/orders", "");
        mapping.learn(live(list, 200, "[{\"id\":17},{\"id\":18}]"), answered(200, "[{\"id\":10},{\"id\":9}]"));
        assertThat(target("/orders/17")).isEqualTo("/orders/9");
    }

    @Test
    void aListInAnotherOrderTeachesNothingNew() {
        created17as9();
        Request list = request("GET", "/orders", "");
        mapping.learn(
                live(list, 200, "[{\"id\":17},{\"id\":18},{\"id\":19}]"),
                answered(200, "[{\"id\":10},{\"id\":9},{\"id\":11}]"));
        assertThat(target("/orders/17")).isEqualTo("/orders/9");
        assertThat(target("/orders/19")).isEqualTo("/orders/19");
        mapping.learn(
                live(list, 200, "[{\"id\":17},{\"id\":18},{\"id\":19}]"),
                answered(200, "[{\"id\":9},{\"id\":10},{\"id\":11}]"));
        assertThat(target("/orders/19")).isEqualTo("/orders/11");
    }

    @Test
    void listsOfDifferentLengthsAreNotPaired() {
        Request list = request("GET", "/orders", "");
        mapping.learn(live(list, 200, "[{\"id\":17},{\"id\":18}]"), answered(200, "[{\"id\":10}]"));
        assertThat(mapping.pairs()).isEmpty();
    }

    @Test
    void answersOfDifferentStatusClassTeachNothing() {
        mapping.learn(live(create, 201, "{\"id\":17}"), answered(409, "{\"id\":9}"));
        mapping.learn(live(create, 201, "{\"id\":17}"), new Answer.Unanswered(Answer.Why.BROKEN, "reset"));
        assertThat(mapping.pairs()).isEmpty();
    }

    @Test
    void pairsNameTheCollectionForTheComparisonOfRows() {
        mapping.learn(
                live(request("POST", "/orders/17/items", "{}"), 201, "{\"item\":{\"id\":5}}"),
                answered(201, "{\"item\":{\"id\":6}}"));
        assertThat(mapping.pairs()).containsExactly(new Pair("5", "6", "id", "/item/id", "items"));
        assertThat(target("/orders/17/items/5")).isEqualTo("/orders/17/items/6");
    }

    @Test
    void aRequestThatMentionsWhatARefusedWriteCreatedDependsOnAnOrphan() {
        mapping.orphan(live(create, 201, "{\"id\":18,\"sku\":\"A1\"}"));
        assertThat(mapping.dependsOnOrphan(request("GET", "/orders/18", ""))).isTrue();
        assertThat(mapping.dependsOnOrphan(request("POST", "/payments", "{\"orderId\":18}")))
                .isTrue();
        assertThat(mapping.dependsOnOrphan(request("GET", "/orders/19", ""))).isFalse();
        assertThat(mapping.dependsOnOrphan(request("POST", "/orders", "{\"quantity\":18}")))
                .isFalse();
    }

    @Test
    void valuesOfTheRequestItselfAreNoOrphans() {
        Request put = request("POST", "/orders", "{\"clientId\":\"c-12345678\"}");
        mapping.orphan(live(put, 201, "{\"clientId\":\"c-12345678\",\"id\":18}"));
        assertThat(mapping.dependsOnOrphan(request("GET", "/clients/c-12345678", "")))
                .isFalse();
    }

    @Test
    void aRefusedLogInOrphansTheWholeSession() {
        mapping.orphan(live(request("POST", "/login", "{}"), 200, "{}", "Set-Cookie: session=LIVE"));
        assertThat(mapping.dependsOnOrphan(request("GET", "/basket", "", "Cookie: session=LIVE")))
                .isTrue();
    }

    @Test
    void aRecordingWithoutAnswersUsesTheCookiesTheArmGave() {
        Request login = request("POST", "/login", "{}");
        LiveAnswer unknown =
                new LiveAnswer(new LiveExchange(1, "s", 0, login, OptionalInt.empty(), List.of(), new byte[0], 0));
        mapping.learn(unknown, answered(200, "{}", "Set-Cookie: session=ARM; Path=/"));
        Request rewritten = mapping.rewrite(request("GET", "/basket", "", "Cookie: session=RECORDED"));
        assertThat(Headers.first(rewritten.headers(), "cookie")).contains("session=ARM");
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int i = 0; i < 3 * LearntValues.MOST; i++) {
            mapping.learn(
                    live(create, 201, "{\"id\":" + (1_000_000 + i) + "}"),
                    answered(201, "{\"id\":" + (5_000_000 + i) + "}"));
        }
        assertThat(mapping.pairs()).hasSize(LearntValues.MOST);
        assertThat(target("/orders/" + (1_000_000 + 3 * LearntValues.MOST - 1)))
                .isEqualTo("/orders/" + (5_000_000 + 3 * LearntValues.MOST - 1));
    }

    @Test
    void readThatBothAnswerAlikeTeachesNothing() {
        mapping.learn(live(request("GET", "/orders/17", ""), 200, "{\"id\":17}"), answered(200, "{\"id\":17}"));
        assertThat(mapping.pairs()).isEmpty();
        assertThat(target("/orders/17")).isEqualTo("/orders/17");
    }

    @Test
    void anUntouchedRequestKeepsEveryByte() {
        created17as9();
        String odd = "{ \"a\" : 1.10, \"b\":[ ] }";
        assertThat(body("/x", odd)).isEqualTo(odd);
        assertThat(target("/a//b%2Fc;v=1/?q&=&x=%zz")).isEqualTo("/a//b%2Fc;v=1/?q&=&x=%zz");
    }
}
