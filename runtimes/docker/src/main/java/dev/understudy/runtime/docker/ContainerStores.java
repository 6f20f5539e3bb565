package dev.understudy.runtime.docker;

import dev.understudy.runtime.Arm.Execution;
import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.SchemaImage;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.runtime.docker.engine.EngineWork;
import dev.understudy.scenario.Service;
import dev.understudy.store.TarListing;
import dev.understudy.store.postgres.Login;
import dev.understudy.store.postgres.PostgresListing;
import dev.understudy.store.postgres.PostgresSchema;
import dev.understudy.store.postgres.SqlOutcome;
import dev.understudy.store.postgres.SqlQuery;
import dev.understudy.store.postgres.SqlScript;
import dev.understudy.store.redis.RedisListing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The data of one arm's services: queried and listed. Thread-safe.
record ContainerStores(
        DockerLive live, EngineWork work, EngineReading reading, DockerLinks links, ContainerFleet fleet) {

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
        if (service.kind() != Service.Kind.POSTGRES) {
            throw new IllegalArgumentException("service '" + service.name() + "' is no database that takes SQL");
        }
        return new Logins(service, live.containers(service.name()).getFirst()).at(links.ingress(service.name()));
    }

    DataImage image(Service service) {
        if (service.kind() == Service.Kind.POSTGRES) {
            return new PostgresListing().list(login(service), service.name());
        }
        if (store(service) == Service.StoreKind.REDIS) {
            return new RedisListing()
                    .list(
                            new RedisLogins(live.containers(service.name()).getFirst())
                                    .at("127.0.0.1", links.ingress(service.name())),
                            service.name());
        }
        List<ContainerInstance> instances = fleet.of(service.name());
        if (isMysql(service) && !instances.isEmpty()) {
            return new MysqlListing(work, reading)
                    .list(
                            instances.getFirst().container(),
                            new MysqlLogins(
                                            reading,
                                            live.containers(service.name()).getFirst())
                                    .rootPassword(),
                            DockerLinks.ports(service).getFirst(),
                            service.name());
        }
        String directory = service.data()
                .map(Service.DataDirectory::directory)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the topology does not say where '" + service.name() + "' keeps its data: 'data: {dir: …}'"));
        if (instances.isEmpty()) {
            return new DataImage(
                    service.name(), List.of(), List.of(), List.of("no container of '" + service.name() + "' is there"));
        }
        try (var tar = reading.archive(instances.getFirst().container().id(), directory)) {
            return new TarListing().list(tar, service.name());
        } catch (IOException | EnvironmentException e) {
            return new DataImage(
                    service.name(), List.of(), List.of(), List.of(directory + " can't be read: " + e.getMessage()));
        }
    }

    private static Service.StoreKind store(Service service) {
        return service.container().map(Service.Container::store).orElse(Service.StoreKind.FILES);
    }

    private static boolean isMysql(Service service) {
        return store(service) == Service.StoreKind.MYSQL || store(service) == Service.StoreKind.MARIADB;
    }

    SchemaImage schema(Service service, Set<String> historyTables) {
        try {
            return new PostgresSchema().read(login(service), service.name(), historyTables);
        } catch (EnvironmentException e) {
            return SchemaImage.unread(service.name(), String.valueOf(e.getMessage()));
        }
    }
}
