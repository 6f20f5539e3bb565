package dev.understudy.report.browser;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Serves pages on loopback as Jenkins serves what a build has archived: `/jenkins/NAME` with the header that it
/// sends by default, `/plain/NAME` without it.
final class Site implements AutoCloseable {
    /// `https://www.jenkins.io/doc/book/security/configuring-content-security-policy/`
    private static final String BY_DEFAULT =
            "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';";

    private final HttpServer server;

    private Site(HttpServer server) {
        this.server = server;
    }

    static Site of(Map<String, String> pages) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.forEach((name, html) -> {
            byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
            for (String kind : new String[] {"jenkins", "plain"}) {
                server.createContext("/" + kind + "/" + name, exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                    if (kind.equals("jenkins")) {
                        exchange.getResponseHeaders().set("Content-Security-Policy", BY_DEFAULT);
                    }
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
            }
        });
        server.start();
        return new Site(server);
    }

    String plain(String name) {
        return address("plain", name);
    }

    String inJenkins(String name) {
        return address("jenkins", name);
    }

    private String address(String kind, String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + kind + "/" + name;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
