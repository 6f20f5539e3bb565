package dev.understudy.shop;

import dev.understudy.shop.service.Call;
import dev.understudy.shop.service.HttpCaller;
import dev.understudy.shop.service.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A service of the shop as a process, started just as the topology starts it, by the `java` on the path.
final class ServiceProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");
    private static final Optional<Duration> PATIENCE = Optional.of(Duration.ofSeconds(30));

    private final Process process;
    private final Path log;
    private final int port;
    private final HttpCaller caller;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        Waiting.until(
                "a service listens; it says " + log,
                () -> !process.isAlive() || port(log).isPresent());
        this.port = port(log).orElseThrow(() -> new AssertionError(said(log)));
        this.caller = HttpCaller.of(address());
    }

    /// Starts a main class, on any free port unless the environment names one.
    static ServiceProcess start(Path directory, Map<String, String> environment, String... mainAndArguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("java", "@java.args", "-cp", "../target/shop/lib/shop.jar"));
        command.addAll(List.of(mainAndArguments));
        Path log = Files.createTempFile(directory, "service", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("topology").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PORT", "0");
        builder.environment().putAll(environment);
        ServiceProcess service = new ServiceProcess(builder.start(), log);
        Waiting.until(
                "a service is healthy; it says " + log,
                () -> service.get("/health").isSuccess());
        return service;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    Reply get(String path) throws IOException {
        return caller.send(Call.get(path, Map.of()), PATIENCE);
    }

    Reply send(Call call) throws IOException {
        return caller.send(call, PATIENCE);
    }

    /// What it has written so far.
    String said() {
        return said(log);
    }

    /// Sends SIGTERM.
    void terminate() {
        process.destroy();
    }

    /// Waits for its end and returns its exit code.
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        caller.close();
        process.destroy();
        process.onExit().join();
    }

    private static Optional<Integer> port(Path log) {
        Matcher found = LISTENING.matcher(said(log));
        return found.find() ? Optional.of(Integer.parseInt(found.group(1))) : Optional.empty();
    }

    private static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
