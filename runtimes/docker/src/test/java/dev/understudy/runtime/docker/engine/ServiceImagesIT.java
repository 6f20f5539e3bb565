package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// What the images for tests promise is what services expect of the official ones.
final class ServiceImagesIT {
    private static final Mark MARK = new Mark("live", "service");
    private static final Duration SOON = Duration.ofSeconds(30);

    private @Nullable EngineAtHand engine;

    @BeforeEach
    void open() {
        engine = EngineAtHand.open("images");
    }

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void postgresLetsInWhoKnowsThePasswordAndKeepsWhatIsWritten() {
        Made made = healthy(
                "postgres",
                List.of(),
                Map.of("POSTGRES_USER", "shop", "POSTGRES_PASSWORD", "secret", "POSTGRES_DB", "orders"));
        List<String> create = psql("create table a (b int)");

        assertThat(run(made, create, Map.of("PGPASSWORD", "wrong")).output())
                .contains("password authentication failed");
        assertThat(run(made, create, Map.of("PGPASSWORD", "secret")).isFine()).isTrue();
        assertThat(run(made, List.of("cat", "/var/lib/postgresql/data/pg_hba.conf"), Map.of())
                        .output())
                .contains("host all all all scram-sha-256", "host replication all all scram-sha-256");

        restart(made);
        List<String> read = psql("select count(*) from a");
        assertThat(run(made, read, Map.of("PGPASSWORD", "secret")).output().strip())
                .isEqualTo("0");
    }

    @Test
    void redisTakesOptionsAndAppendsToItsFile() {
        Made made = healthy("redis", List.of("--appendonly", "yes"), Map.of());

        assertThat(run(made, List.of("redis-cli", "set", "a", "b"), Map.of()).output())
                .contains("OK");
        restart(made);
        assertThat(run(made, List.of("redis-cli", "get", "a"), Map.of())
                        .output()
                        .strip())
                .isEqualTo("b");
    }

    @Test
    void mariadbMakesTheUserAndTheDatabase() {
        Made made = healthy(
                "mariadb",
                List.of(),
                Map.of(
                        "MARIADB_ROOT_PASSWORD", "it's secret",
                        "MARIADB_USER", "app",
                        "MYSQL_PASSWORD", "p",
                        "MARIADB_DATABASE", "shop_orders"));
        List<String> create = List.of("mariadb", "-h", "127.0.0.1", "-uapp", "-pp", "shop_orders", "-e");

        assertThat(run(made, append(create, "create table a (b int)"), Map.of()).output())
                .isEmpty();
        restart(made);
        assertThat(run(made, append(create, "select count(*) from a"), Map.of()).isFine())
                .isTrue();
        assertThat(run(made, List.of("mariadb", "-h", "127.0.0.1", "-uroot", "-e", "select 1"), Map.of())
                        .output())
                .contains("Access denied");
    }

    @Test
    void nginxFillsInItsTemplates() {
        Made made = healthy("nginx", List.of(), Map.of());

        assertThat(run(made, List.of("nginx", "-t"), Map.of()).output()).contains("test is successful");
    }

    @ParameterizedTest
    @CsvSource({"postgres,POSTGRES_PASSWORD is not set", "mariadb,MARIADB_ROOT_PASSWORD is not set"})
    void aDatabaseWithoutAPasswordEndsAndSaysSo(String name, String said) throws Exception {
        Made made = started(name, List.of(), Map.of());

        assertThat(engine.work().containers().exit(made).get(30, java.util.concurrent.TimeUnit.SECONDS))
                .isEqualTo(1);
        assertThat(engine.reading().logs(made.id(), 10)).contains(said);
    }

    /// From its own address: whoever comes over the loopback is trusted, as in the official image.
    private static List<String> psql(String statement) {
        return List.of("bash", "-c", "psql -h \"$(hostname -i)\" -U shop orders -Atc '" + statement + "'");
    }

    private static List<String> append(List<String> words, String last) {
        return java.util.stream.Stream.concat(words.stream(), java.util.stream.Stream.of(last))
                .toList();
    }

    private Ran run(Made made, List<String> words, Map<String, String> environment) {
        return engine.work().containers().exec(made, words, environment, SOON);
    }

    private void restart(Made made) {
        engine.work().containers().stop(made, SOON);
        engine.work().containers().start(made);
        awaitHealth(made);
    }

    private Made healthy(String name, List<String> command, Map<String, String> environment) {
        Made made = started(name, command, environment);
        awaitHealth(made);
        return made;
    }

    private Made started(String name, List<String> command, Map<String, String> environment) {
        ObjectNode body = Json.object().put("Image", ServiceImages.tag(engine, name));
        if (!command.isEmpty()) {
            body.set("Cmd", Json.array(command));
        }
        body.set(
                "Env",
                Json.array(environment.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList()));
        Made made = engine.work().containers().create(MARK, engine.name(name), body, Json.object());
        engine.work().containers().start(made);
        return made;
    }

    private void awaitHealth(Made made) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        String health = "";
        while (!health.equals("healthy")) {
            assertThat(System.nanoTime())
                    .as(() -> made + " is not healthy: " + engine.reading().logs(made.id(), 20))
                    .isLessThan(deadline);
            Pauses.of(Duration.ofMillis(100));
            health = engine.reading()
                    .container(made.id())
                    .path("State")
                    .path("Health")
                    .path("Status")
                    .asString("");
        }
    }
}
