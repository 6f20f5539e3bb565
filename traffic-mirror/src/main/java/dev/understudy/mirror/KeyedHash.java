package dev.understudy.mirror;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256 under one salt, cut to what is needed: equal values get equal hashes, and without the salt
/// nobody gets back from a hash to a value by trying. Thread-safe.
public final class KeyedHash {
    private static final String ALGORITHM = "HmacSHA256";
    private final SecretKeySpec key;

    /// A hash under `salt`; any text, even none.
    public KeyedHash(String salt) {
        // The prefix keeps an empty salt a legal key.
        key = new SecretKeySpec(("understudy:" + salt).getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /// 64 uniform bits for `value`; different `domain`s are independent.
    public long of(String domain, String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(domain.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
        }
    }

    /// What stands for a hidden value: `REDACTED-` and 16 hex digits, so that different values stay different
    /// in columns that must be unique.
    public String token(String value) {
        return "REDACTED-" + HexFormat.of().toHexDigits(of("redact", value));
    }

    /// A session as frames and journals name it: 16 hex digits.
    public String session(String key) {
        return HexFormat.of().toHexDigits(of("session", key));
    }
}
