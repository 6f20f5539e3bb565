package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Topology;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerTopologyTest {
    private static final String SHOP = """
            topology: shop
            docker: {project: shop, allow: [writable-binds]}
            entry: gateway
            services:
              db: {kind: postgres, database: shop, user: shop}
              cache: {kind: redis}
              orders:
                ports: [8084, 9090]
                instances: 2
                calls: [db, cache]
                data: {dir: /data}
                versions: {"2.0": {image: "shop-orders:2.0", environment: {A: b}, files: {/etc/o.conf: o.conf}}}
              gateway: {at: 127.0.0.1:8080, ports: [80], calls: [orders], health: {http: /health}}
            """;

    private static ReadResult<Topology> read(String text) {
        return Fixtures.reader().topology(SourceTree.of(Map.of("t.yaml", text, "o.conf", "")), "t.yaml");
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream().map(Problem::toString).toList();
    }

    @Test
    void whatIsSaidOfContainersIsRead() {
        Topology shop = read(SHOP).orThrow();

        assertThat(shop.docker().orElseThrow().project()).contains("shop");
        assertThat(shop.docker().orElseThrow().allow()).containsExactly("writable-binds");
        Service orders = shop.service("orders");
        assertThat(orders.instances()).isEqualTo(2);
        assertThat(orders.container().orElseThrow().ports()).containsExactly(8084, 9090);
        assertThat(orders.version()).isEqualTo("live");
        assertThat(orders.versions()).containsOnlyKeys("live", "2.0");
        assertThat(orders.versions().get("2.0").packaging().image()).contains("shop-orders:2.0");
        assertThat(orders.versions().get("2.0").packaging().files()).containsEntry("/etc/o.conf", "o.conf");
        assertThat(shop.service("gateway").at()).containsExactly(new Endpoint("127.0.0.1", 8080));
        assertThat(shop.service("db").container().orElseThrow().ports()).containsExactly(5432);
        assertThat(shop.service("cache").isStateful()).isTrue();
        assertThat(shop.links())
                .containsExactly(new Link("orders", "db"), new Link("orders", "cache"), new Link("gateway", "orders"));
    }

    @Test
    void aMistakeIsToldAtItsPlace() {
        assertThat(problems(SHOP.replace("writable-binds", "writable-bind")))
                .singleElement()
                .asString()
                .startsWith("t.yaml:2:")
                .contains("writable-binds");
        assertThat(problems(SHOP.replace("[8084, 9090]", "[70000]")))
                .singleElement()
                .asString()
                .startsWith("t.yaml:8:")
                .contains("70000");
        assertThat(problems(SHOP.replace("\"2.0\": {image", "live: {image")))
                .singleElement()
                .asString()
                .contains("version 'live' is what runs");
        assertThat(problems(SHOP.replace("{kind: redis}", "{kind: redis, protocol: http}")))
                .singleElement()
                .asString()
                .contains("of a database is tcp");
        assertThat(problems(SHOP.replace("{kind: redis}", "{database: x, ports: [1]}")))
                .singleElement()
                .asString()
                .contains("'database' is not for kind container");
        assertThat(problems(SHOP.replace("calls: [orders]", "calls: [order]")))
                .singleElement()
                .asString()
                .contains("no service 'order'")
                .contains("orders");
        assertThat(problems(SHOP.replace("dir: /data", "dir: data")))
                .singleElement()
                .asString()
                .contains("a path in the container");
        assertThat(problems(SHOP.replace("at: 127.0.0.1:8080, ports: [80], ", "")))
                .singleElement()
                .asString()
                .contains("listens nowhere");
    }
}
