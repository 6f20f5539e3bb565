package dev.understudy.runtime.docker.agent;

import java.net.InetSocketAddress;
import java.time.Duration;

/// The program of a link container: an agent that opens and serves links as it is told, on one port, until
/// nobody controls it any more.
///
/// The only argument is that port, 7070 without any. The environment holds `UNDERSTUDY_TOKEN`, the secret that
/// who controls it has to show, and may hold `UNDERSTUDY_LINGER_SECONDS`, for how long it stays without control
/// (60).
public final class LinkAgentMain {
    /// Where it is controlled, unless it is told otherwise.
    public static final int PORT = 7070;

    /// What holds the secret.
    public static final String TOKEN = "UNDERSTUDY_TOKEN";

    /// What holds for how many seconds it stays without control.
    public static final String LINGER_SECONDS = "UNDERSTUDY_LINGER_SECONDS";

    private static final Duration UNCLAIMED = Duration.ofMinutes(5);

    private LinkAgentMain() {}

    /// Prints one line when it listens, and ends with 0 when it is no longer needed.
    public static void main(String[] arguments) throws InterruptedException {
        String token = System.getenv(TOKEN);
        if (token == null || token.isEmpty()) {
            System.err.println("the link agent needs a secret in " + TOKEN);
            System.exit(2);
            return;
        }
        int port = arguments.length == 0 ? PORT : Integer.parseInt(arguments[0]);
        String linger = System.getenv().getOrDefault(LINGER_SECONDS, "60");
        try (AgentServer server = new AgentServer(
                new InetSocketAddress(port), token, UNCLAIMED, Duration.ofSeconds(Long.parseLong(linger)))) {
            System.out.println("link agent listens on port " + server.port());
            server.await();
        }
        // Connections of ways may still be open: nothing outlives the tool.
        System.exit(0);
    }
}
