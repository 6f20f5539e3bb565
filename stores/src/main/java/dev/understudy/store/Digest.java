package dev.understudy.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// How a value is listed that is too long, or no text: `sha256:` and 64 hexadecimal digits.
/// Stateless.
public final class Digest {
    /// Up to this many bytes a value is listed as it is.
    public static final int SHOWN_BYTES = 64 * 1024;

    private Digest() {}

    /// The digest of `content`.
    public static String of(byte[] content) {
        return text(sha256().digest(content));
    }

    /// The digest of a file's content. @throws IOException if it can't be read
    public static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    /// The digest of all that `in` still yields; it is not closed.
    public static String of(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return text(digest.digest());
    }

    private static String text(byte[] digest) {
        return "sha256:" + HexFormat.of().formatHex(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
