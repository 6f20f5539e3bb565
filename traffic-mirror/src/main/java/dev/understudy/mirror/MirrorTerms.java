package dev.understudy.mirror;

import dev.understudy.scenario.Traffic;
import dev.understudy.scenario.Traffic.Redaction;
import dev.understudy.scenario.Traffic.SessionKey;
import java.util.List;
import java.util.Optional;

/// What a run takes from live's traffic, or from a recording, and what it must not see.
///
/// @param sample the share of sessions, above 0 and up to 1
/// @param by what makes requests one session; without it every client connection is one
/// @param redact what is hidden before anything leaves the tap
/// @param salt the key of all hashes: the same salt takes the same sessions
public record MirrorTerms(double sample, Optional<SessionKey> by, List<Redaction> redact, String salt) {
    public MirrorTerms {
        redact = List.copyOf(redact);
    }

    /// The terms that a scenario asks for.
    public static MirrorTerms of(Traffic traffic, String salt) {
        return new MirrorTerms(traffic.sample(), traffic.by(), traffic.redact(), salt);
    }

    /// Everything, one session for each connection, nothing hidden but what always is.
    public static MirrorTerms everything(String salt) {
        return new MirrorTerms(1, Optional.empty(), List.of(), salt);
    }

    /// The hash under these terms' salt.
    public KeyedHash hash() {
        return new KeyedHash(salt);
    }

    /// Which sessions these terms take.
    public SessionSample sessions() {
        return new SessionSample(sample, hash());
    }
}
