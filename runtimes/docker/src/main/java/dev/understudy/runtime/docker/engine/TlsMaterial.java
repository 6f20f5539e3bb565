package dev.understudy.runtime.docker.engine;

import com.github.dockerjava.transport.SSLConfig;
import dev.understudy.runtime.EnvironmentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// What proves the engine to us and us to the engine: `ca.pem`, `cert.pem` and `key.pem` of one directory, the
/// key as PKCS#8 (RFC 5958) or, for RSA, as PKCS#1 (RFC 8017).
record TlsMaterial(Path directory) implements SSLConfig {
    private static final char[] NO_PASSWORD = new char[0];
    /// What PKCS#8 puts before an RSA key: version 0 and the algorithm.
    private static final byte[] RSA = {2, 1, 0, 48, 13, 6, 9, 42, -122, 72, -122, -9, 13, 1, 1, 1, 5, 0};

    @Override
    public SSLContext getSSLContext() {
        Path file = directory.resolve("ca.pem");
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, NO_PASSWORD);
            int number = 0;
            for (Certificate authority : certificates(file)) {
                trusted.setCertificateEntry("ca" + number++, authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);

            file = directory.resolve("cert.pem");
            Certificate[] own = certificates(file).toArray(Certificate[]::new);
            file = directory.resolve("key.pem");
            KeyStore ours = KeyStore.getInstance("PKCS12");
            ours.load(null, NO_PASSWORD);
            ours.setKeyEntry("key", key(Files.readString(file)), NO_PASSWORD, own);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(ours, NO_PASSWORD);

            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new EnvironmentException("cannot use " + file + " for the engine: " + e.getMessage(), e);
        }
    }

    private static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        List<Certificate> found = List.copyOf(CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
        if (found.isEmpty()) {
            throw new IOException("it holds no certificate");
        }
        return found;
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        if (pem.contains("BEGIN RSA PRIVATE KEY")) {
            byte[] key = decoded(pem, "RSA PRIVATE KEY");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(der(48, joined(RSA, der(4, key)))));
        }
        if (!pem.contains("BEGIN PRIVATE KEY")) {
            throw new InvalidKeySpecException(
                    "it holds no key that can be read; 'openssl pkcs8 -topk8 -nocrypt' makes one of it");
        }
        PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(decoded(pem, "PRIVATE KEY"));
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(key);
        } catch (InvalidKeySpecException notRsa) {
            return KeyFactory.getInstance("EC").generatePrivate(key);
        }
    }

    private static byte[] decoded(String pem, String what) {
        String begin = "-----BEGIN " + what + "-----";
        int from = pem.indexOf(begin) + begin.length();
        String body = pem.substring(from, pem.indexOf("-----END", from));
        return Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII));
    }

    /// One element of DER (X.690): a tag, its length, its content.
    private static byte[] der(int tag, byte[] content) {
        byte[] head = content.length < 128
                ? new byte[] {(byte) tag, (byte) content.length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return joined(head, content);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
