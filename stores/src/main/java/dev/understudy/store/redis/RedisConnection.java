package dev.understudy.store.redis;

import dev.understudy.runtime.EnvironmentException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One connection to a Redis server, which speaks the second version of its protocol
/// (<https://redis.io/docs/latest/develop/reference/protocol-spec/>). Not thread-safe.
final class RedisConnection implements AutoCloseable {
    private static final int MOST_BYTES = 512 << 20; // proto-max-bulk-len
    private static final int MOST_ITEMS = 16 << 20;

    private final RedisLogin login;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private RedisConnection(RedisLogin login, Socket socket) throws IOException {
        this.login = login;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    /// Connects and logs in.
    /// @param patience for the connection and then for each answer
    /// @throws EnvironmentException if it is refused
    static RedisConnection open(RedisLogin login, Duration patience) {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(login.host(), login.port()), (int) patience.toMillis());
            socket.setSoTimeout((int) patience.toMillis());
            RedisConnection connection = new RedisConnection(login, socket);
            if (login.password().isPresent()) {
                List<String> words = new ArrayList<>(List.of("AUTH"));
                login.user().ifPresent(words::add);
                words.add(login.password().get());
                connection.ask(words.toArray(String[]::new));
            }
            return connection;
        } catch (IOException e) {
            closeQuietly(socket);
            throw new EnvironmentException("no Redis server answers at " + login + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    /// Sends a command and returns the answer.
    /// @throws EnvironmentException if the server refuses it, in its own words
    RedisReply ask(String... words) {
        RedisReply reply = tryTo(words);
        if (reply instanceof RedisReply.Refusal(String refused)) {
            throw new EnvironmentException("Redis at " + login + " refuses " + words[0] + ": " + refused);
        }
        return reply;
    }

    /// The same where a refusal is an answer too.
    RedisReply tryTo(String... words) {
        byte[][] bytes = new byte[words.length][];
        for (int at = 0; at < words.length; at++) {
            bytes[at] = words[at].getBytes(StandardCharsets.UTF_8);
        }
        return tryTo(bytes);
    }

    /// The same for keys that need not be text.
    RedisReply tryTo(byte[]... words) {
        try {
            send(words);
            return reply();
        } catch (IOException e) {
            throw new EnvironmentException("the connection to Redis at " + login + " broke: " + e.getMessage(), e);
        }
    }

    /// Sends all and then reads the answers, one each: so that the way there and back is waited for once.
    List<RedisReply> tryAll(List<byte[][]> commands) {
        try {
            for (byte[][] words : commands) {
                write(words);
            }
            out.flush();
            List<RedisReply> replies = new ArrayList<>();
            for (int at = 0; at < commands.size(); at++) {
                replies.add(reply());
            }
            return replies;
        } catch (IOException e) {
            throw new EnvironmentException("the connection to Redis at " + login + " broke: " + e.getMessage(), e);
        }
    }

    void send(byte[]... words) throws IOException {
        write(words);
        out.flush();
    }

    private void write(byte[][] words) throws IOException {
        line("*" + words.length);
        for (byte[] word : words) {
            line("$" + word.length);
            out.write(word);
            line("");
        }
    }

    private void line(String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /// What comes next, without any frame around it.
    InputStream raw() {
        return in;
    }

    /// A line without its end.
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("it ended in the middle of a line");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private RedisReply reply() throws IOException {
        String line = line();
        if (line.isEmpty()) {
            throw new IOException("an empty line is no answer");
        }
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> new RedisReply.Bytes(rest.getBytes(StandardCharsets.UTF_8));
            case '-' -> new RedisReply.Refusal(rest);
            case ':' -> new RedisReply.Whole(Long.parseLong(rest));
            case '$' -> bytes(count(rest, MOST_BYTES));
            case '*' -> items(count(rest, MOST_ITEMS));
            default -> throw new IOException("'" + line + "' is no answer");
        };
    }

    private static int count(String digits, int most) throws IOException {
        if (!digits.matches("-1|[0-9]{1,9}") || Integer.parseInt(digits) > most) {
            throw new IOException("'" + digits + "' is no length");
        }
        return Integer.parseInt(digits);
    }

    private RedisReply bytes(int length) throws IOException {
        if (length < 0) {
            return new RedisReply.Nothing();
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length || !line().isEmpty()) {
            throw new EOFException("it ended in the middle of a value");
        }
        return new RedisReply.Bytes(content);
    }

    private RedisReply items(int count) throws IOException {
        if (count < 0) {
            return new RedisReply.Nothing();
        }
        List<RedisReply> all = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            all.add(reply());
        }
        return new RedisReply.Items(List.copyOf(all));
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedEnough) {
            // what went wrong before is told
        }
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }
}
