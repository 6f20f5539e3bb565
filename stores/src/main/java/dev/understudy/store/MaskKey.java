package dev.understudy.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key of all hashes that stand for masked values: HMAC-SHA256, made as the traffic's redaction makes its
/// tokens, so that under one secret a value that is masked in the data and redacted in the traffic is the
/// same in
/// both. Whoever doesn't have the secret can't get back by trying. Immutable and thread-safe; its text
/// never shows
/// the secret.
public final class MaskKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BLOCK = 64;
    private static final byte[] DOMAIN = "redact\0".getBytes(StandardCharsets.UTF_8);

    private final byte[] key;

    /// A key from a secret of at most 50 characters, which nobody is told and nothing keeps.
    public MaskKey(String secret) {
        key = ("understudy:" + secret).getBytes(StandardCharsets.UTF_8);
        if (key.length > BLOCK) {
            throw new IllegalArgumentException("the secret is too long");
        }
    }

    /// `REDACTED-` and 16 hexadecimal digits.
    public String token(String value) {
        return "REDACTED-" + HexFormat.of().toHexDigits(number(value));
    }

    /// 64 bits that stand for `value`.
    public long number(String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(DOMAIN);
            return ByteBuffer.wrap(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
        }
    }

    /// What stands before a value in the inner hash (RFC 2104), for those who hash elsewhere.
    public byte[] inner() {
        byte[] padded = padded((byte) 0x36);
        byte[] whole = Arrays.copyOf(padded, padded.length + DOMAIN.length);
        System.arraycopy(DOMAIN, 0, whole, padded.length, DOMAIN.length);
        return whole;
    }

    /// What stands before the inner hash in the outer one.
    public byte[] outer() {
        return padded((byte) 0x5c);
    }

    private byte[] padded(byte with) {
        byte[] block = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= with;
        }
        return block;
    }
}
