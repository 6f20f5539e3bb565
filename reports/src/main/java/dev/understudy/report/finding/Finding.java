package dev.understudy.report.finding;

import dev.understudy.scenario.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One thing that speaks against shipping, or that is not known, with its place.
///
/// @param place in a file whose name counts from the root of the repository, if it lies inside
/// @param subject what of the scenario it is about, by name: stays the same from run to run, unlike the message
public record Finding(FindingKind kind, Level level, Place place, String subject, String message) {
    private static final int DIGITS = 32;

    /// Tells the same finding of another run: the same whatever was measured and on whatever line it now stands.
    public String fingerprint() {
        String told = String.join("\u0000", kind.id(), place.file(), subject);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(told.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
