package dev.understudy.shop;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// A real PostgreSQL in a directory of its own, with an empty database `shop`.
final class PostgresServer implements AutoCloseable {
    private final Path programs;
    private final Path data;
    private final int port;
    private Process process;

    private PostgresServer(Path programs, Path data, int port) throws IOException {
        this.programs = programs;
        this.data = data;
        this.port = port;
        this.process = launch();
    }

    static PostgresServer startIn(Path directory) throws IOException, SQLException {
        Path programs = unpack(Files.createDirectories(directory.resolve("postgres")));
        Path data = Files.createDirectories(directory.resolve("data"));
        Process made = start(programs, "initdb", "-D", data.toString(), "-U", "shop", "-A", "trust", "--no-sync");
        String output = new String(made.getInputStream().readAllBytes());
        if (made.onExit().join().exitValue() != 0) {
            throw new IOException("initdb: " + output);
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PostgresServer server = new PostgresServer(programs, data, port);
        try (Connection connection = DriverManager.getConnection(server.url("postgres"));
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE shop");
        }
        return server;
    }

    String url() {
        return url("shop");
    }

    /// Runs SQL and returns the first value of its result, `""` if it has none.
    String run(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (var rows = statement.getResultSet()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        }
    }

    void restart() throws IOException {
        close();
        process = launch();
    }

    /// Ends it the fast way (SIGINT): SIGTERM, all that Java has, waits until every client has gone.
    @Override
    public void close() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        } catch (IOException e) {
            process.destroyForcibly();
        }
        process.onExit().join();
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=shop";
    }

    private Process launch() throws IOException {
        Process launched = start(
                programs,
                "postgres",
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-h",
                "127.0.0.1",
                "-k",
                data.toString(),
                "-F");
        Waiting.until("PostgreSQL answers", () -> launched.isAlive() && answers());
        return launched;
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url("postgres"))) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /// PostgreSQL refuses to run as root; in a user namespace root's processes are somebody else's.
    private static Process start(Path programs, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "--user", "--map-user=1", "--map-group=1", "--"));
        }
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (program.equals("postgres")) {
            builder.redirectOutput(programs.resolve("server.log").toFile());
        }
        return builder.start();
    }

    private static Path unpack(Path target) throws IOException {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        try (InputStream packed = PostgresServer.class.getResourceAsStream("/postgres-linux-" + machine + ".txz");
                TarArchiveInputStream files =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(files, file);
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(file, Set.of(PosixFilePermission.values()));
                    }
                }
            }
        }
        return target;
    }
}
