package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryLoginTest {
    @TempDir
    private Path config;

    @Test
    void aLoginThatIsWrittenDownIsHandedToItsRegistryOnly() throws IOException {
        write(
                "{\"auths\": {\"registry.example:5000\": {\"auth\": \"%s\"}, \"other.example\": {\"identitytoken\": \"t\"}}}"
                        .formatted(Base64.getEncoder().encodeToString("me:se:cret".getBytes(StandardCharsets.UTF_8))));

        assertThat(login("registry.example:5000/team/app:1"))
                .isEqualTo(
                        "{\"serveraddress\":\"registry.example:5000\",\"username\":\"me\",\"password\":\"se:cret\"}");
        assertThat(login("other.example/app")).contains("\"identitytoken\":\"t\"");
        assertThat(login("nginx:1")).isEmpty();
        assertThat(RegistryLogin.registry("nginx")).contains("index.docker.io");
        assertThat(RegistryLogin.registry("team/nginx")).contains("index.docker.io");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() throws IOException {
        write("{\"credsStore\": \"no-such-store\"}");

        assertThatThrownBy(() -> login("nginx"))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("docker-credential-no-such-store");
    }

    @Test
    void aTagEndsAtTheColonAfterTheLastSlash() {
        assertThat(ImageWork.repository("registry.example:5000/app")).isEqualTo("registry.example:5000/app");
        assertThat(ImageWork.version("registry.example:5000/app")).isEqualTo("latest");
        assertThat(ImageWork.repository("app:1")).isEqualTo("app");
        assertThat(ImageWork.version("registry.example:5000/app:1")).isEqualTo("1");
    }

    private void write(String text) throws IOException {
        Files.writeString(config.resolve("config.json"), text);
    }

    private String login(String reference) {
        return RegistryLogin.find(Map.of("DOCKER_CONFIG", config.toString()), config, reference)
                .map(header -> new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                .orElse("");
    }
}
