package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EngineAddressTest {
    @TempDir
    private Path home;

    @Test
    void theHostOfTheEnvironmentComesBeforeItsContextAndThatBeforeTheCurrentOne() throws IOException {
        context("blue", "tcp://127.0.0.1:1", false);
        context("green", "ssh://deploy@green.example:2222", false);
        current("green");

        assertThat(find(Map.of("DOCKER_HOST", "unix:///x.sock", "DOCKER_CONTEXT", "blue")))
                .hasToString("unix:///x.sock (DOCKER_HOST)");
        assertThat(find(Map.of("DOCKER_CONTEXT", "blue")))
                .hasToString("tcp://127.0.0.1:1 (context 'blue' of DOCKER_CONTEXT)");
        assertThat(find(Map.of()).toString())
                .startsWith("ssh://deploy@green.example:2222 (context 'green' of currentContext in ")
                .endsWith("config.json)");
        assertThat(find(Map.of("DOCKER_CONTEXT", "default")).uri().getScheme()).isEqualTo("unix");
    }

    @Test
    void withNothingSaidTheUsualPlacesAreLookedAt() throws IOException {
        Path runtime = Files.createDirectories(home.resolve("runtime"));
        EngineAddress address = find(Map.of("XDG_RUNTIME_DIR", runtime.toString()));
        if (Files.exists(Path.of("/var/run/docker.sock"))) {
            assertThat(address.uri()).hasToString("unix:///var/run/docker.sock");
        } else {
            assertThat(address.origin()).contains(runtime + "/docker.sock", ".docker/run/docker.sock");
            Files.createFile(runtime.resolve("docker.sock"));
            assertThat(find(Map.of("XDG_RUNTIME_DIR", runtime.toString())).uri())
                    .hasToString("unix://" + runtime + "/docker.sock");
        }
    }

    @Test
    void aContextBringsItsCertificates() throws IOException {
        Path tls = context("far", "tcp://engine.example:2376", true);

        assertThat(find(Map.of("DOCKER_CONTEXT", "far")).tls()).contains(tls);
        Files.delete(tls.resolve("key.pem"));
        assertThatThrownBy(() -> find(Map.of("DOCKER_CONTEXT", "far")))
                .hasMessageContaining("cannot read key.pem in '" + tls + "'");
    }

    @Test
    void anotherPlaceForTheSettingsIsHeeded() throws IOException {
        Path elsewhere = home.resolve("elsewhere");
        Files.createDirectories(elsewhere);
        Files.writeString(elsewhere.resolve("config.json"), "{ oops");

        assertThatThrownBy(() -> find(Map.of("DOCKER_CONFIG", elsewhere.toString())))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(elsewhere.resolve("config.json") + ":");
    }

    @Test
    void aContextThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
        context("blue", "tcp://127.0.0.1:1", false);

        assertThatThrownBy(() -> find(Map.of("DOCKER_CONTEXT", "bleu")))
                .hasMessageContaining("DOCKER_CONTEXT: there is no context 'bleu'; there are: blue");
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThatThrownBy(() -> find(Map.of(
                        "DOCKER_HOST",
                        "tcp://engine.example:2376",
                        "DOCKER_TLS_VERIFY",
                        "1",
                        "DOCKER_CERT_PATH",
                        "/none")))
                .hasMessage(
                        "no engine can be asked: DOCKER_CERT_PATH: cannot read ca.pem, cert.pem, key.pem in '/none'");
    }

    @ParameterizedTest
    @CsvSource({
        "unix://var/run/docker.sock,three slashes",
        "tcp://engine.example,a host and a port",
        "ssh://me:secret@host,holds a password",
        "ssh://-oProxyCommand=x,begins with a dash",
        "ssh://-oProxyCommand=x@host,begins with a dash",
        "ssh://me@host:port,needs a host",
        "ssh://me@host/var/run/docker.sock,has a path",
        "npipe:////./pipe/docker_engine,named pipe of Windows",
        "engine.example:2375,the scheme 'engine.example'",
        "http://engine.example:2375,the scheme 'http'",
        "/var/run/docker.sock,has no scheme",
        "tcp://a b:1,is no address"
    })
    void whatCantBeUsedIsNamedWithTheReason(String address, String reason) {
        assertThatThrownBy(() -> EngineAddress.parse(address))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("'" + address + "'")
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> find(Map.of("DOCKER_HOST", address))).hasMessageContaining("DOCKER_HOST: '");
    }

    @Test
    void sshIsToldUserAndPort() {
        assertThat(SshTarget.of(EngineAddress.parse("ssh://me@host:22022").uri())
                        .toEngine())
                .containsSubsequence("ssh", "BatchMode=yes", "-l", "me", "-p", "22022", "host", "--", "docker");
        assertThat(SshTarget.of(EngineAddress.parse("ssh://build_host").uri()).toEngine())
                .contains("build_host")
                .doesNotContain("-l", "-p");
        assertThat(SshTarget.of(EngineAddress.parse("ssh://[fe80::1]").uri()).toPort(80))
                .endsWith("-W", "127.0.0.1:80", "fe80::1");
    }

    private EngineAddress find(Map<String, String> environment) {
        return EngineAddress.find(environment, home);
    }

    private void current(String name) throws IOException {
        Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\": \"" + name + "\"}");
    }

    private Path context(String name, String host, boolean withTls) throws IOException {
        String digest = Digest.of(name.getBytes(StandardCharsets.UTF_8)).substring(7);
        Path meta =
                Files.createDirectories(home.resolve(".docker/contexts/meta").resolve(digest));
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\": \"%s\", \"Endpoints\": {\"docker\": {\"Host\": \"%s\"}}}".formatted(name, host));
        Path tls = home.resolve(".docker/contexts/tls").resolve(digest).resolve("docker");
        if (withTls) {
            Files.createDirectories(tls);
            for (String file : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
                Files.writeString(tls.resolve(file), "x");
            }
        }
        return tls;
    }
}
