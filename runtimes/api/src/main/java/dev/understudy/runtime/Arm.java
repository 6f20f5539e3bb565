package dev.understudy.runtime;

import dev.understudy.scenario.Link;
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
    Deployed deploy(String service, Release release);

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

    /// Runs SQL on the database `service`, in one transaction unless the text begins one itself.
    Execution sql(String service, String text, Duration timeout);

    /// Runs a program inside the arm, in its directory. `${x.address}` in the environment is resolved as for
    /// `users`.
    Execution execute(List<String> command, Map<String, Template> environment, Duration timeout);

    /// Kills all instances of `service` at once (SIGKILL), or those of one index.
    void kill(String service);

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
    /// ones to become healthy, the digest they run as, and the end of the output of those that failed.
    record Deployed(boolean healthy, Duration stopping, Duration starting, String digest, String evidence) {}

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
