package dev.understudy.runtime.docker.copy;

import dev.understudy.runtime.EnvironmentException;
import java.io.IOException;
import java.util.List;

/// The program of a container that copies data of live's: what it says line by line is read from its log.
///
/// ```
/// files FROM TO …           copies each tree; a second pass finds that nobody has written
/// paused FROM TO …          the same; the second pass is made when nobody writes any more, on a signal
/// postgres PORT NAME USER DATA FROM TO …   DATA by PostgreSQL's backup calls; the password is in PGPASSWORD
/// redis PORT FROM TO …      what the server holds; user and password are in REDISCLI_USER and REDISCLI_AUTH
/// room FROM TO …            copies nothing, fails if a copy would not fit
/// empty FROM TO …           copies nothing but whose each tree is
/// look FROM TO …            copies nothing, says whose the targets are
/// ```
/// `DATA` is the server's data directory, below one of the `FROM`, which is copied to the same place below its
/// `TO`.
public final class CopyMain {
    private CopyMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            List<String> words = List.of(arguments);
            List<String> rest = words.subList(1, words.size());
            switch (words.getFirst()) {
                case "files" -> FilesCopy.whileNobodyWrites(CopyPair.read(rest));
                case "paused" -> FilesCopy.onceNobodyWrites(CopyPair.read(rest));
                case "postgres" -> PostgresCopy.run(rest);
                case "redis" -> RedisCopy.run(rest);
                case "room" -> Room.require(CopyPair.read(rest));
                case "empty" -> empty(CopyPair.read(rest));
                case "look" -> CopyPair.tell(CopyPair.read(rest), 0, 0);
                default -> throw new EnvironmentException("no such way to copy: " + words.getFirst());
            }
        } catch (EnvironmentException e) {
            failed(e);
            System.exit(1);
        }
    }

    private static void empty(List<CopyPair> pairs) throws IOException {
        long now = System.currentTimeMillis();
        for (CopyPair pair : pairs) {
            CopyPair.like(pair.from(), pair.to());
        }
        CopyPair.tell(pairs, now, now);
    }

    static void failed(EnvironmentException e) {
        System.out.println("failed " + String.valueOf(e.getMessage()).replace('\n', ' '));
    }
}
