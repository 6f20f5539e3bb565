package dev.understudy.runtime.docker.engine;

import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.understudy.runtime.EnvironmentException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Connects to an engine and agrees with it on a version of the API: the newest that both know. Stateless.
final class Opening {
    /// What every call of ours is in: Docker 20.10 and later.
    static final String OLDEST = "1.41";
    /// The newest whose changes were read.
    static final String NEWEST = "1.51";

    private static final int CONNECTIONS = 48;
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(30);

    private Opening() {}

    /// @throws EnvironmentException if nothing answers there, or something that is too old or no engine
    static EngineWire open(EngineAddress address) {
        EngineWire wire = connected(address);
        try {
            return wire.speaking(
                    agreed(address, wire.ask(Call.get("/version"), FIRST_ANSWER).json()));
        } catch (EnvironmentException e) {
            wire.close();
            throw new EnvironmentException("no Docker engine to work with: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    /// Nothing has been asked yet, and no version is agreed on.
    static EngineWire connected(EngineAddress address) {
        Optional<TlsMaterial> tls = address.tls().map(TlsMaterial::new);
        tls.ifPresent(TlsMaterial::getSSLContext);
        Optional<SshBridge> bridge =
                address.isSsh() ? Optional.of(SshBridge.open(SshTarget.of(address.uri()))) : Optional.empty();
        ZerodepDockerHttpClient.Builder client = new ZerodepDockerHttpClient.Builder()
                .dockerHost(bridge.map(open -> URI.create("unix://" + open.socket()))
                        .orElse(address.uri()))
                .maxConnections(CONNECTIONS)
                .connectionTimeout(FIRST_ANSWER);
        tls.ifPresent(client::sslConfig);
        return new EngineWire(client.build(), address, bridge, "");
    }

    private static String agreed(EngineAddress address, JsonNode version) {
        String theirs = version.path("ApiVersion").asString("");
        String least = version.path("MinAPIVersion").asString(theirs);
        if (!theirs.matches("\\d+\\.\\d+")) {
            throw new EnvironmentException("what answers at " + address + " names no version of the engine's API");
        }
        if (Arrays.compare(numbers(theirs), numbers(OLDEST)) < 0) {
            throw new EnvironmentException(
                    "the engine " + version.path("Version").asString("?") + " at " + address + " speaks version "
                            + theirs + " of its API; " + OLDEST + " is needed, that is Docker 20.10");
        }
        if (Arrays.compare(numbers(least), numbers(NEWEST)) > 0) {
            throw new EnvironmentException("the engine "
                    + version.path("Version").asString("?") + " at " + address + " speaks no version of its API before "
                    + least + "; this tool knows them up to " + NEWEST);
        }
        return Arrays.compare(numbers(theirs), numbers(NEWEST)) < 0 ? theirs : NEWEST;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
