package dev.understudy.runtime.docker.copy;

/// How fast live's data is read at most, so that its disk has something left for live.
public final class Pace {
    /// The variable that says it, in bytes per second; `0` for no limit.
    public static final String VARIABLE = "UNDERSTUDY_COPY_RATE";
    /// What it is unless said otherwise: below what one disk of a server does, above what most sets of data need.
    public static final long USUAL = 200L << 20;

    private Pace() {}

    static long bytesPerSecond() {
        String said = System.getenv(VARIABLE);
        return said == null || !said.matches("[0-9]{1,15}") ? USUAL : Long.parseLong(said);
    }
}
