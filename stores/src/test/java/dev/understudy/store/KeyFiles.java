package dev.understudy.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small real service: a process that keeps a file a key in its directory.
final class KeyFiles implements AutoCloseable {
    private static final String SCRIPT = """
            while read -r key value; do printf %s "$value" > "$1/$key"; echo done; done
            """;

    private final Process process;
    private final OutputStream requests;
    private final BufferedReader answers;

    KeyFiles(Path directory) throws IOException {
        Files.createDirectories(directory);
        process = new ProcessBuilder("sh", "-c", SCRIPT, "sh", directory.toString()).start();
        requests = process.getOutputStream();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    Owner owner() {
        return Owner.of(process.pid());
    }

    void write(String key, String value) throws IOException {
        requests.write((key + " " + value + "\n").getBytes(StandardCharsets.UTF_8));
        requests.flush();
        if (!"done".equals(answers.readLine())) {
            throw new IOException("not acknowledged");
        }
    }

    @Override
    public void close() throws IOException {
        requests.close();
        process.destroyForcibly();
    }
}
