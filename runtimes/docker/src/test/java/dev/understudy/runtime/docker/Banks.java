package dev.understudy.runtime.docker;

import dev.understudy.runtime.docker.engine.Made;
import dev.understudy.store.postgres.Login;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A database with the accounts that [BankLoad] writes.
final class Banks {
    static final int ACCOUNTS = 20_000;
    static final String PASSWORD = "s3cret";
    private static final String DATA = "/var/lib/postgresql/data";

    private Banks() {}

    /// @param declaration what the topology says of it
    static Made start(StoresProject project, String declaration) {
        Made db = project.store(
                "db",
                "postgres",
                List.of(),
                Map.of("POSTGRES_USER", "bank", "POSTGRES_PASSWORD", PASSWORD, "POSTGRES_DB", "bank"),
                DATA,
                declaration);
        String setup = BankLoad.SETUP.replace("ACCOUNTS", Integer.toString(ACCOUNTS));
        project.live.run(db, List.of("psql", "-h", "127.0.0.1", "-U", "bank", "bank", "-c", setup));
        return db;
    }

    static Login login(StoresProject project, Made db) {
        return new Login(project.address(db), 5432, "bank", "bank", Optional.of(PASSWORD));
    }
}
