package dev.understudy.runtime.process;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// No walls, only eyes: for hosts that don't let us build any. Processes run beside live's, on ports of their own, with
/// all the rights of whoever runs the tool; a verdict from such an arm can't be GO unless the scenario accepts it.
///
/// What belongs to the arm is told by a variable that every process in it inherits. A process that takes it out of its
/// environment and leaves its parent is lost to us.
final class Watched implements Enclosure {
    private static final int NICENESS = 10;

    private final Branded branded;
    private final List<String> weight;

    private Watched(Path own, List<String> weight) {
        this.branded = new Branded(own.toString());
        this.weight = List.copyOf(weight);
    }

    /// @param own the arm's own directory: no two arms have the same
    Watched(Path own) {
        this(own, List.of("nice", "-n", Integer.toString(NICENESS), "ionice", "-c", "2", "-n", "7"));
    }

    /// For processes that are measured against those of an arm: they run at the weight that everybody has.
    static Watched unslowed(Path own) {
        return new Watched(own, List.of());
    }

    @Override
    public List<String> enter(Path directory, List<String> command) {
        List<String> wrapped = new java.util.ArrayList<>(List.of("env", "--chdir=" + directory, branded.variable()));
        wrapped.addAll(weight);
        wrapped.add("setsid");
        wrapped.addAll(command);
        return List.copyOf(wrapped);
    }

    @Override
    public void adoptThread() {
        // sockets of a watched arm are sockets of the host
    }

    @Override
    public <T> T inside(Supplier<T> task) {
        return task.get();
    }

    /// All that stands before a command becomes the command.
    @Override
    public ProcessHandle unwrap(Process process) {
        return process.toHandle();
    }

    @Override
    public List<ProcessHandle> inhabitants() {
        return branded.running();
    }

    @Override
    public String mark() {
        return "watched";
    }

    @Override
    public boolean isEnforced() {
        return false;
    }

    @Override
    public void close() {
        branded.end();
    }
}
