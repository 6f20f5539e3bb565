package dev.understudy.runtime.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/// A real small service for containers: keeps notes as files in `/data`, and passes `/back…` on to `BACK`. With other
/// arguments it prints a variable, fails, or hangs.
final class NotesProgram {
    private NotesProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        switch (arguments[0]) {
            case "print" -> System.out.println(System.getenv(arguments[1]));
            case "fail" -> System.exit(3);
            case "hang" -> Thread.sleep(60_000);
            default -> serve();
        }
    }

    private static void serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", NotesProgram::handle);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0)));
    }

    private static void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            if (path.startsWith("/back")) {
                passOn(exchange, path.substring(5));
            } else if (exchange.getRequestMethod().equals("POST")) {
                Path file = Files.createTempFile(Path.of("/data"), "note", ".txt");
                Files.write(file, exchange.getRequestBody().readAllBytes());
                answer(exchange, 201, "{\"id\": \"" + file.getFileName() + "\"}");
            } else {
                answer(exchange, 200, path);
            }
        }
    }

    private static void passOn(HttpExchange exchange, String path) throws IOException {
        HttpURLConnection onward = (HttpURLConnection)
                URI.create("http://" + System.getenv("BACK") + path).toURL().openConnection();
        try (InputStream body = onward.getInputStream()) {
            answer(exchange, onward.getResponseCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            answer(exchange, 502, broken.toString());
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
