package dev.understudy.journal;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A file that is written once from front to back, its SHA-256 taken on the way. Not thread-safe.
///
/// A plain stream and not a channel, because a channel is closed for good when the writing thread is
/// interrupted.
final class SealableFile {
    private static final int BUFFER = 16 << 10;

    private final Path path;
    private final FileOutputStream file;
    private final MessageDigest digest = sha256();
    private final OutputStream out;

    private SealableFile(Path path, FileOutputStream file) {
        this.path = path;
        this.file = file;
        this.out = new BufferedOutputStream(new DigestOutputStream(file, digest), BUFFER);
    }

    /// Makes the file. @throws JournalException if it exists or can't be made
    static SealableFile create(Path path) {
        try {
            Files.createFile(path);
            return new SealableFile(path, new FileOutputStream(path.toFile()));
        } catch (IOException e) {
            throw new JournalException("can't create " + path + ": " + e, e);
        }
    }

    void append(byte[] bytes, int length) {
        attempt(() -> out.write(bytes, 0, length));
    }

    /// Hands everything to the operating system: a crash of this process loses nothing of it.
    void flush() {
        attempt(out::flush);
    }

    /// Returns when everything is on disk.
    void sync() {
        attempt(() -> {
            out.flush();
            file.getFD().sync();
        });
    }

    /// Ends the file, on disk, and returns its SHA-256 as hex.
    String seal() {
        sync();
        attempt(out::close);
        return HexFormat.of().formatHex(digest.digest());
    }

    /// The SHA-256 of a file as hex.
    static String sha256Of(Path path) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(path), sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private void attempt(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new JournalException("can't write " + path + ": " + e.getMessage(), e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
