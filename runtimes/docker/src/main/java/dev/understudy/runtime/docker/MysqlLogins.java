package dev.understudy.runtime.docker;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.docker.clone.LiveContainer;
import dev.understudy.runtime.docker.engine.EngineReading;
import dev.understudy.store.TarContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The password of `root` in a container of MariaDB or MySQL, from the variables of the usual images, or from
/// the file that one of them names.
record MysqlLogins(EngineReading reading, LiveContainer container) {
    private static final List<String> VARIABLES = List.of("MARIADB_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD");

    /// @throws EnvironmentException if there is none
    String rootPassword() {
        return VARIABLES.stream()
                .flatMap(name -> container.variable(name).stream())
                .findFirst()
                .or(this::fromFile)
                .or(this::none)
                .orElseThrow(() -> new EnvironmentException("the container " + container.name()
                        + " does not say the password of root: none of " + String.join(", ", VARIABLES)
                        + " is set, nor one of them with _FILE at its end"));
    }

    private Optional<String> fromFile() {
        return VARIABLES.stream()
                .flatMap(name -> container.variable(name + "_FILE").stream())
                .findFirst()
                .map(this::content);
    }

    private String content(String file) {
        try (TarContent tar = TarContent.of(reading.archive(container.id(), file))) {
            return new String(tar.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new EnvironmentException("the password in " + file + " of " + container.name() + " can't be read", e);
        }
    }

    private Optional<String> none() {
        boolean isNone = container.environment().stream()
                .anyMatch(line -> line.matches("(MARIADB|MYSQL)_ALLOW_EMPTY_(ROOT_)?PASSWORD=.+"));
        return isNone ? Optional.of("") : Optional.empty();
    }
}
