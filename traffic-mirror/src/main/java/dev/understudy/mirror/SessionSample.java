package dev.understudy.mirror;

/// Which sessions are taken: a session is in if its keyed hash, read as a fraction of 2^64, is below the share.
/// The same salt gives the same answer for ever and everywhere, and the sessions of a smaller share are among
/// those of a larger one.
public record SessionSample(double share, KeyedHash hash) {

    /// @throws IllegalArgumentException unless `0 < share <= 1`
    public SessionSample {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1, not " + share);
        }
    }

    /// Whether the session of that key is taken.
    public boolean takes(String sessionKey) {
        // 53 bits are what a double holds exactly.
        return (hash.of("sample", sessionKey) >>> 11) * 0x1.0p-53 < share;
    }
}
