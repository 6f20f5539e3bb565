package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.store.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsMaterialTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void makeCertificates() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "no openssl to make certificates with");
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out cert.pem -subj /CN=localhost"
                + " -addext subjectAltName=IP:127.0.0.1,DNS:localhost");
        openssl("x509 -in cert.pem -out ca.pem");
    }

    @Test
    void anEngineThatWantsACertificateIsShownOurs() throws IOException {
        HttpsServer server = engine();
        try (EngineReading engine = EngineReading.open(address(server))) {
            assertThat(engine.version().path("ApiVersion").asString("")).isEqualTo("1.45");
            openssl("rsa -in key.pem -traditional -out old.pem");
            Files.move(
                    directory.resolve("old.pem"),
                    directory.resolve("key.pem"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(Files.readString(directory.resolve("key.pem"))).contains("BEGIN RSA PRIVATE KEY");
            EngineReading.open(address(server)).close();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anEngineWithAnotherCertificateIsNotAsked() throws IOException {
        HttpsServer server = engine();
        try {
            openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -keyout x.pem -out ca.pem -subj /CN=another");
            assertThatThrownBy(() -> EngineReading.open(address(server)))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("GET /version at tcp://127.0.0.1:")
                    .hasMessageContaining("PKIX");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatIsNoKeyIsNamed() throws IOException {
        Files.writeString(directory.resolve("key.pem"), "-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThatThrownBy(() -> new TlsMaterial(directory).getSSLContext())
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(directory + "/key.pem")
                .hasMessageContaining("openssl pkcs8");
        Files.writeString(directory.resolve("ca.pem"), "nothing");
        assertThatThrownBy(() -> new TlsMaterial(directory).getSSLContext()).hasMessageContaining("/ca.pem");
    }

    private HttpsServer engine() throws IOException {
        SSLContext context = new TlsMaterial(directory).getSSLContext();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", exchange -> {
            byte[] body = "{\"ApiVersion\": \"1.45\", \"MinAPIVersion\": \"1.24\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private EngineAddress address(HttpsServer server) {
        return new EngineAddress(
                URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()), Optional.of(directory), "a test");
    }

    private void openssl(String words) {
        List<String> command = new ArrayList<>(List.of("env", "--chdir=" + directory, "openssl"));
        command.addAll(List.of(words.split(" ")));
        Program.require(command, Duration.ofSeconds(30));
    }
}
