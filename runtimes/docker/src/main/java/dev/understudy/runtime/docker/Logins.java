package dev.understudy.runtime.docker;

import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.scenario.Service;
import dev.understudy.store.postgres.Login;
import java.util.Objects;
import java.util.Optional;

/// As whom a database in a container is talked to: what the topology says, or else what the container's environment
/// says, in the variables that the usual images of PostgreSQL take.
record Logins(Service service, LiveContainer container) {

    /// The superuser that the container was set up with, or the owner that the topology names.
    String backupUser() {
        return container.variable("POSTGRES_USER").orElseGet(() -> database().user());
    }

    String backupPassword() {
        return container
                .variable("POSTGRES_PASSWORD")
                .orElseGet(() -> password().orElse(""));
    }

    /// The way in at a port of the tool's own machine.
    Login at(int port) {
        return new Login("127.0.0.1", port, database().name(), database().user(), password());
    }

    private Service.Database database() {
        return service.database().orElseThrow();
    }

    private Optional<String> password() {
        return database()
                .password()
                .map(template -> template.resolve(
                        reference -> Objects.requireNonNullElse(System.getenv(reference.property()), "")))
                .or(() -> container
                        .variable("POSTGRES_PASSWORD")
                        .filter(_ -> database().user().equals(backupUser())));
    }
}
