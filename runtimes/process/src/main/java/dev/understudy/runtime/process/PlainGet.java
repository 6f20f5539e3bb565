package dev.understudy.runtime.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// The smallest GET there is, for health checks of one instance from inside its arm, where no client
/// library's threads are.
final class PlainGet {
    private PlainGet() {}

    static boolean answers2xx(InetSocketAddress at, String path) {
        try (Socket socket = new Socket()) {
            socket.connect(at, 500);
            socket.setSoTimeout(1_000);
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: " + at.getHostString() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return status != null && status.matches("HTTP/1\\.[01] 2\\d\\d.*");
        } catch (IOException notYet) {
            return false;
        }
    }
}
