package dev.understudy.runtime;

import dev.understudy.scenario.Link;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One copy of the topology. Calls block; they may be made from any thread of the timeline. Nothing here throws
/// because a
/// service misbehaves: that is data.
public interface Arm {
    ArmName name();

    /// Ends every instance of `service` and starts it anew as `release`; returns when all are healthy, or at
    /// `health.within`.
    default Deployed deploy(String service, Release release) {
        return deploy(service, release, Replacement.ALL_AT_ONCE);
    }

    /// Replaces the instances of `service` by others that run `release`, batch by batch; returns when the last is
    /// healthy, or when those of a batch are not at `health.within`: the batches after it are left as they are.
    /// Who calls the service is led to the instances that are neither starting nor about to stop, as by a load
    /// balancer; if there are none, callers are refused.
    /// @throws IllegalArgumentException if its instances can't be started beside each other and `how` asks for it
    Deployed deploy(String service, Release release, Replacement how);

    /// Ends every instance of `service`, puts its data back to the copies that the arm was made from, and starts it
    /// as what it ran; returns as [#deploy] does.
    /// @throws IllegalArgumentException if it keeps no data
    Deployed restoreData(String service);

    /// Lets [Shadow#start] run `service` as `release`, until the next reset. Called while nothing runs.
    void prepare(String service, Release release);

    /// What `service` was last told to run.
    Release release(String service);

    /// Every instance that should run, as it is now.
    List<InstanceState> instances();

    /// Processes of this arm that belong to no instance: one line each. Empty when nothing was left behind.
    List<String> strays();

    /// Sends a request to `service` from outside, through the arm's link `users->service`.
    Answer exchange(Request request, Duration timeout);

    /// Where each service that listens is reached from outside, as `host:port` of the tool's own machine.
    /// Empty where an arm can't be reached in such a way.
    default Map<String, String> entrances() {
        return Map.of();
    }

    /// Sends a request to one instance of `service` past every link: it is neither measured nor disturbed, as
    /// when a monitoring system asks.
    Answer ask(Request request, int index, Duration timeout);

    /// Runs SQL on the database `service`, in one transaction unless the text begins one itself.
    Execution sql(String service, String text, Duration timeout);

    /// Asks the database `service` a query that yields one value, which is the output; it changes nothing. Where a
    /// runtime's [#sql] prints what a query yields, that is the same.
    default Execution query(String service, String text, Duration timeout) {
        return sql(service, text, timeout);
    }

    /// Runs a program inside the arm, in its directory. `${x.address}` in the environment is resolved as for
    /// `users`.
    Execution execute(List<String> command, Map<String, Template> environment, Duration timeout);

    /// Kills all instances of `service` at once (SIGKILL), or those of one index.
    void kill(String service);

    /// Stops all instances of `service` where they are (SIGSTOP) until [#resume]; what is started afterwards runs.
    void pause(String service);

    /// Lets all instances of `service` that were stopped by [#pause] go on (SIGCONT). No effect on others.
    void resume(String service);

    /// The instances of `service` that stand still now, read back; one line each.
    List<String> paused(String service);

    /// The proxy on `link`. @throws IllegalArgumentException if the arm has no such link
    LinkHandle link(Link link);

    /// Everything the store of `service` holds now.
    DataImage data(String service);

    /// The definitions that the database `service` holds now, and the entries of its history tables: those that
    /// [HistoryTable] knows, and `historyTables` besides (`schema.table` outside `public`). Changes nothing, reads
    /// no user's rows. What can't be read is said in the image.
    default SchemaImage schema(String service, java.util.Set<String> historyTables) {
        return SchemaImage.unread(service, "this runtime does not read schemas");
    }

    /// CPU, memory and I/O of every instance now.
    List<ResourceUse> resources();

    /// What every link has passed on until now, those from outside too; empty where the runtime doesn't count
    /// bytes.
    default List<LinkBytes> linkBytes() {
        return List.of();
    }

    /// Hands every measurement of this arm to `observer` from now on; called on the data path, so it must be
    /// quick.
    void observe(Observer observer);

    /// The outcome of a deployment: whether all instances became healthy, how long the old ones took to
    /// stop and
    /// the new
    /// ones to become healthy, the digest they run as, and the end of the output of those that failed. `course`
    /// has a line for each batch, if there was more to it than ending all and starting all.
    record Deployed(
            boolean healthy,
            Duration stopping,
            Duration starting,
            String digest,
            String evidence,
            List<String> course) {
        public Deployed {
            course = List.copyOf(course);
        }

        /// All at once.
        public Deployed(boolean healthy, Duration stopping, Duration starting, String digest, String evidence) {
            this(healthy, stopping, starting, digest, evidence, List.of());
        }
    }

    /// The outcome of a program or an SQL text: whether it succeeded, its exit code (0 or 1 for SQL), the
    /// end of
    /// what it
    /// printed, and the literal command.
    record Execution(boolean succeeded, int exitCode, String output, String literal, boolean timedOut) {}

    /// Cumulative use of one instance: CPU time, resident bytes, bytes read from and written to disk, threads.
    /// `mark` tells the process from one that ran as the same instance before, as [InstanceState#mark] does.
    record ResourceUse(
            String service,
            int index,
            String mark,
            Duration cpu,
            long residentBytes,
            long readBytes,
            long writtenBytes,
            int threads) {}

    /// Bytes that a link has passed on since the arm was made: to who is called, and back to the caller.
    record LinkBytes(Link link, long toCallee, long toCaller) {}

    /// Who is told of measurements.
    interface Observer {
        /// An exchange ended on an HTTP link, or a turn-around on another.
        void exchanged(LinkSample sample);

        /// A process of an instance ended by itself.
        void exited(String service, int index, long atNanos, int exitCode);
    }
}
