package dev.understudy.runtime.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// No walls, only eyes: for hosts that don't let us build any. Processes run beside live's on ports of
/// their own; a verdict
/// from such an arm can't be GO unless the scenario accepts it.
final class Watched implements Enclosure {
    private final Set<ProcessHandle> started = ConcurrentHashMap.newKeySet();

    @Override
    public List<String> enter(Path directory, List<String> command) {
        return command;
    }

    @Override
    public void adoptThread() {
        // sockets of a watched arm are sockets of the host
    }

    @Override
    public <T> T inside(Supplier<T> task) {
        return task.get();
    }

    @Override
    public ProcessHandle unwrap(Process process) {
        started.add(process.toHandle());
        return process.toHandle();
    }

    @Override
    public List<ProcessHandle> inhabitants() {
        started.removeIf(
                process -> !process.isAlive() && process.children().findAny().isEmpty());
        return started.stream()
                .flatMap(process ->
                        java.util.stream.Stream.concat(java.util.stream.Stream.of(process), process.descendants()))
                .filter(ProcessHandle::isAlive)
                .distinct()
                .toList();
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
        inhabitants().forEach(ProcessHandle::destroyForcibly);
    }
}
