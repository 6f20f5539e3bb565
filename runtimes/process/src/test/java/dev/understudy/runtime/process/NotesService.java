package dev.understudy.runtime.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/// A real small service: keeps notes as files, and passes `/back…` on to another of its kind.
final class NotesService {
    private NotesService() {}

    /// With a second argument, `must-reach-back`, it ends at once if it can't reach the one behind it; with
    /// `must-hear-back` and milliseconds, if that doesn't answer within them.
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 2 && !hearsBack(Integer.parseInt(arguments[2]))) {
            System.out.println("notes can't hear " + System.getenv("BACK"));
            System.exit(3);
        }
        if (arguments.length == 2 && !reachesBack()) {
            System.out.println("notes can't reach " + System.getenv("BACK"));
            System.exit(3);
        }
        HttpServer server =
                HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", NotesService::handle);
        server.start();
        System.out.println("notes " + arguments[0] + " listens");
    }

    private static boolean reachesBack() {
        String[] back = System.getenv("BACK").split(":");
        try (Socket socket = new Socket(back[0], Integer.parseInt(back[1]))) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean hearsBack(int withinMillis) throws IOException {
        HttpURLConnection back = (HttpURLConnection)
                URI.create("http://" + System.getenv("BACK") + "/hello").toURL().openConnection();
        back.setReadTimeout(withinMillis);
        try {
            return back.getResponseCode() == 200;
        } catch (IOException silent) {
            return false;
        }
    }

    private static void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            if (path.startsWith("/back")) {
                passOn(exchange, path.substring(5));
            } else if (exchange.getRequestMethod().equals("POST")) {
                Path file = Files.createTempFile(Path.of(System.getenv("DATA_DIR")), "note", ".txt");
                Files.write(file, exchange.getRequestBody().readAllBytes());
                answer(exchange, 201, "{\"id\": \"" + file.getFileName() + "\"}");
            } else {
                answer(exchange, 200, path);
            }
        }
    }

    /// By the JDK's older client: it starts in a third of the time, and every test waits for four of these.
    private static void passOn(HttpExchange exchange, String path) throws IOException {
        HttpURLConnection onward = (HttpURLConnection)
                URI.create("http://" + System.getenv("BACK") + path).toURL().openConnection();
        try (InputStream body = onward.getInputStream()) {
            answer(exchange, onward.getResponseCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            answer(exchange, 502, String.valueOf(broken.getMessage()));
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
