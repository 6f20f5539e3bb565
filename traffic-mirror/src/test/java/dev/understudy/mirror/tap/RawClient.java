package dev.understudy.mirror.tap;

import dev.understudy.scenario.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client that writes and reads bytes as told; gives up reading after ten seconds.
final class RawClient implements AutoCloseable {
    private final Socket socket;

    RawClient(Endpoint at) throws IOException {
        socket = new Socket(at.host(), at.port());
        socket.setSoTimeout(10_000);
    }

    RawClient send(String text) throws IOException {
        return send(RawServer.bytes(text));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    String head() throws IOException {
        return RawServer.head(socket.getInputStream());
    }

    String read(int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
