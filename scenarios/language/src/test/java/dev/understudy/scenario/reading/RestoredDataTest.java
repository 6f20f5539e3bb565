package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Problem;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ShadowSpec.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the data of an arm is restored from: looked for on a disk, where directories are.
class RestoredDataTest {
    @TempDir
    private Path root;

    @BeforeEach
    void theShopOnDisk() throws IOException {
        Files.createDirectories(root.resolve("shop/topology/db"));
        Files.createDirectories(root.resolve("shop/db"));
        Files.createDirectories(root.resolve("shop/golden/orders"));
        Files.writeString(root.resolve("shop/golden/db.sql"), "select 1;");
        Files.writeString(root.resolve(Fixtures.TOPOLOGY), Fixtures.topology());
        for (String file : List.of("topology/db/V1__shop.sql", "db/V2__widen.sql", "db/U2__narrow.sql")) {
            Files.writeString(root.resolve("shop").resolve(file), "select 1;");
        }
    }

    private ReadResult<Scenario> read(String db, String orders) throws IOException {
        String data = "data: {db: {restore: " + db + "}, orders: {restore: " + orders + "}}";
        Files.writeString(
                root.resolve(Fixtures.SCENARIO),
                Fixtures.scenario().replace("data: {db: snapshot, orders: snapshot}", data));
        return Fixtures.reader().scenario(new DiskSources(root), Fixtures.SCENARIO);
    }

    @Test
    void aDatabaseIsRestoredFromSqlAndADirectoryFromADirectory() throws IOException {
        Scenario scenario = read("golden/db.sql", "golden/orders").orThrow();

        assertThat(scenario.shadow().data())
                .containsEntry("db", new DataSource.Restore("golden/db.sql"))
                .containsEntry("orders", new DataSource.Restore("golden/orders"));
    }

    @Test
    void theOtherWayRoundIsRefusedAtItsPlace() throws IOException {
        assertThat(read("golden/orders", "golden/db.sql").problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "shop/orders.yaml:9:24: error: the file 'golden/orders' can't be read: it is a directory\n"
                                + "  A database is restored from a file of SQL.",
                        "shop/orders.yaml:9:58: error: the directory 'golden/db.sql' can't be read: it is a file, not"
                                + " a directory\n  The data of 'orders' is restored from a directory.");
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertThat(read("golden/d.sql", "golden/order").problems())
                .extracting(Problem::message)
                .containsExactly(
                        "the file 'golden/d.sql' can't be read: no such file",
                        "the directory 'golden/order' can't be read: no such directory");
    }
}
