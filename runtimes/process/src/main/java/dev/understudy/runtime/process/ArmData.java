package dev.understudy.runtime.process;

import dev.understudy.runtime.Arm.Execution;
import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.SchemaImage;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.ShadowSpec.ServiceMode;
import dev.understudy.store.DirectoryListing;
import dev.understudy.store.GoldenCopy;
import dev.understudy.store.RestoredTree;
import dev.understudy.store.postgres.Login;
import dev.understudy.store.postgres.PostgresListing;
import dev.understudy.store.postgres.PostgresSchema;
import dev.understudy.store.postgres.SqlOutcome;
import dev.understudy.store.postgres.SqlQuery;
import dev.understudy.store.postgres.SqlScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The data of one arm: restored from the frozen copies, queried, listed. Thread-safe.
final class ArmData {
    private final ArmDirectory directory;
    private final ArmLinks links;
    private final Map<String, RestoredTree> trees = new ConcurrentHashMap<>();

    ArmData(ArmDirectory directory, ArmLinks links) {
        this.directory = directory;
        this.links = links;
    }

    Path directory() {
        return directory.root();
    }

    /// The way into a database that `database` describes.
    static Login login(Service.Database database, String host, int port) {
        return new Login(host, port, database.name(), database.user(), password(database));
    }

    /// Its password, with `${env.NAME}` filled in.
    static Optional<String> password(Service.Database database) {
        return database.password()
                .map(template -> template.resolve(
                        reference -> java.util.Objects.requireNonNullElse(System.getenv(reference.property()), "")));
    }

    /// Puts every store back to its frozen copy. Nothing may run.
    void restore(Scenario scenario) {
        scenario.shadowServices()
                .filter(Service::isStateful)
                .filter(service -> scenario.shadow().mode(service.name()) == ServiceMode.RUN)
                .forEach(this::restore);
    }

    /// Puts one store back to its frozen copy. The service must not run.
    void restore(Service service) {
        trees.computeIfAbsent(service.name(), this::tree).restore();
    }

    private RestoredTree tree(String service) {
        return new RestoredTree(new GoldenCopy(directory.golden(service)), directory.data(service));
    }

    Execution sql(Service service, String text, Duration timeout) {
        return execution(new SqlScript(text).run(login(service), timeout));
    }

    Execution query(Service service, String text, Duration timeout) {
        return execution(new SqlQuery(text).run(login(service), timeout));
    }

    private static Execution execution(SqlOutcome outcome) {
        return new Execution(
                outcome.succeeded(), outcome.succeeded() ? 0 : 1, outcome.output(), "sql", outcome.timedOut());
    }

    private Login login(Service service) {
        return login(
                service.database().orElseThrow(() -> notADatabase(service)),
                "127.0.0.1",
                links.ingress(service.name()));
    }

    DataImage image(Service service) {
        if (service.kind() == Service.Kind.POSTGRES) {
            return new PostgresListing().list(login(service), service.name());
        }
        return new DirectoryListing().list(directory.data(service.name()), service.name());
    }

    SchemaImage schema(Service service, Set<String> historyTables) {
        Login login = login(
                service.database().orElseThrow(() -> notADatabase(service)),
                "127.0.0.1",
                links.ingress(service.name()));
        try {
            return new PostgresSchema().read(login, service.name(), historyTables);
        } catch (EnvironmentException e) {
            return SchemaImage.unread(service.name(), String.valueOf(e.getMessage()));
        }
    }

    private static IllegalArgumentException notADatabase(Service service) {
        return new IllegalArgumentException("service '" + service.name() + "' is no database");
    }
}
