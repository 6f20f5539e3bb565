package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Service;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Topology;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a version may say of the database that it migrates when it starts.
class StartMigrationTest {

    @Test
    void aVersionNamesTheDatabaseAndWhereItsHistoryIs() {
        Service orders = orders("migrates: {db: db, at: start, history: billing.applied}");

        assertThat(orders.migrationOf("2.0")).get().satisfies(migration -> {
            assertThat(migration.database()).isEqualTo("db");
            assertThat(migration.history()).contains("billing.applied");
            assertThat(migration.place()).hasToString("shop.yaml:32:62");
        });
        assertThat(orders.migrationOf("1.0")).isEmpty();
        assertThat(orders.migrationOf("3.0")).isEmpty();
    }

    @Test
    void theHistoryNeedNotBeNamed() {
        assertThat(orders("migrates: {db: db, at: start}").migrationOf("2.0"))
                .get()
                .extracting(Service.StartMigration::history)
                .isEqualTo(java.util.Optional.empty());
    }

    private static Service orders(String migrates) {
        String text = Fixtures.topology().replace("orders-2.jar]}", "orders-2.jar], " + migrates + "}");
        ReadResult<Topology> read = new ScenarioReader(List.of())
                .withoutFiles()
                .topology(SourceTree.of(Map.of("shop.yaml", text)), "shop.yaml");
        assertThat(read).isInstanceOf(ReadResult.Read.class);
        return ((ReadResult.Read<Topology>) read).value().service("orders");
    }
}
