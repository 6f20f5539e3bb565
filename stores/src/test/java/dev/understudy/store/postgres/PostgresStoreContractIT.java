package dev.understudy.store.postgres;

import dev.understudy.runtime.DataImage;
import dev.understudy.store.Store;
import dev.understudy.store.StoreContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;

class PostgresStoreContractIT extends StoreContract {
    private static final String SCHEMA = "CREATE TABLE entry (key text PRIMARY KEY, value text NOT NULL)";
    private static final String WRITE =
            "INSERT INTO entry VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

    @Override
    protected Subject start(Path where) {
        PostgresRun live = TestServers.live(TestServers.EMBEDDED, where, SCHEMA);
        Login login = TestServers.shop(live);
        return new Subject() {
            @Override
            public Store store() {
                return PostgresStoreIT.store(login, 0);
            }

            @Override
            public void write(String key, String value) throws Exception {
                try (Connection connection = login.open(Duration.ofSeconds(10));
                        PreparedStatement statement = connection.prepareStatement(WRITE)) {
                    statement.setString(1, key);
                    statement.setString(2, value);
                    statement.executeUpdate();
                }
            }

            @Override
            public DataImage list() {
                return new PostgresListing().list(login, "db");
            }

            @Override
            public DataImage listRestored(Path restored) {
                try (PostgresRun run = TestServers.run(TestServers.EMBEDDED, restored, PostgresServer.Care.SHADOW)) {
                    return new PostgresListing().list(TestServers.shop(run), "db");
                }
            }

            @Override
            public void close() {
                live.close();
            }
        };
    }
}
