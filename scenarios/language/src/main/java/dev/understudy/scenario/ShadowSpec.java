package dev.understudy.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the shadow differs from live: how long live may be paused for a copy, where each store's data comes
/// from, which services are left out, how strictly the arms are shut in, and what of live's data they never
/// hold.
public record ShadowSpec(
        Optional<Duration> maxPause,
        Map<String, DataSource> data,
        Map<String, ServiceMode> services,
        Isolation isolation,
        List<Mask> masks) {

    public ShadowSpec {
        masks = List.copyOf(masks);
    }

    /// A shadow whose data is what live's is.
    public ShadowSpec(
            Optional<Duration> maxPause,
            Map<String, DataSource> data,
            Map<String, ServiceMode> services,
            Isolation isolation) {
        this(maxPause, data, services, isolation, List.of());
    }

    /// The hard upper limit of `maxPause`.
    public static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /// Where the data of one service in an arm comes from.
    public sealed interface DataSource {
        /// A copy of live's data.
        record Snapshot() implements DataSource {}

        /// Nothing: a new store, made by `init` where it has one.
        record Empty() implements DataSource {}

        /// A prepared copy: a file of SQL for a database, a directory for a data directory; relative to the
        /// scenario.
        record Restore(String file) implements DataSource {}

        /// What this program writes into the directory named by `DATA_DIR`, or, for a database, prints as
        /// SQL.
        record Command(List<String> command) implements DataSource {}
    }

    /// What becomes of a service in the shadow.
    public enum ServiceMode {
        /// Started like in live.
        RUN,
        /// Not started; calls to it are refused and recorded.
        OFF,
        /// Not part of the shadow; nothing may call it.
        OMIT
    }

    /// How strictly an arm is shut in.
    public enum Isolation {
        /// No route, no pids, no writable files outside its own directory; probed before each run.
        ENFORCED,
        /// Only watched: accepted by the author where the host can't enforce.
        WATCHED
    }

    /// What becomes of that service.
    public ServiceMode mode(String service) {
        return services.getOrDefault(service, ServiceMode.RUN);
    }

    /// What is masked in the data of that service.
    public List<Mask> masks(String service) {
        return masks.stream().filter(mask -> mask.service().equals(service)).toList();
    }

    /// Whether that service is left out altogether.
    public boolean omits(String service) {
        return mode(service) == ServiceMode.OMIT;
    }
}
