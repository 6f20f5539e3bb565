package dev.understudy.store.postgres;

import dev.understudy.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One server with the database `shop` for all tests of a class.
final class RunningShop implements BeforeAllCallback, AfterAllCallback {
    private final String[] scripts;
    private Path directory = Path.of("");
    private PostgresRun server;

    /// Runs `scripts` in the new database, in this order.
    RunningShop(String... scripts) {
        this.scripts = scripts;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("running-shop");
        server = TestServers.live(TestServers.EMBEDDED, directory.resolve("live"), scripts);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
        FileTree.delete(directory);
    }

    PostgresRun server() {
        return server;
    }

    /// As the owner of the database.
    Login login() {
        return TestServers.shop(server);
    }
}
