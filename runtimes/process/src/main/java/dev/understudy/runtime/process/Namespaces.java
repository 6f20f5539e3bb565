package dev.understudy.runtime.process;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Failures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Walls made by the kernel: a network namespace with nothing but loopback, a pid and an ipc namespace in
/// which live doesn't exist, and a mount namespace in which all but the arm's own directory is read-only and
/// live's data and sockets are hidden. The shared memory of a database that was killed goes with the ipc
/// namespace.
///
/// ```
///  tool ──pipe──▶ unshare ─▶ keeper (pid 1 of the arm) ─▶ waits for the end of the pipe
///    │ nsenter ─▶ setsid ─▶ service …                        │ then the kernel kills all that is inside
/// ```
/// The pipe closes when the tool dies, however it dies, so nothing of an arm outlives it.
final class Namespaces implements Enclosure {
    private static final List<String> DANGEROUS = List.of(
            "sys_admin",
            "sys_module",
            "sys_rawio",
            "sys_boot",
            "sys_time",
            "mknod",
            "syslog",
            "sys_ptrace",
            "bpf",
            "perfmon");
    private static final int NICENESS = 10;
    private static final String REMEDY = """
            ; namespaces take root, or the launcher 'understudy' on a kernel that lets its users make user \
            namespaces (it runs the tool in one; try 'unshare --user --map-root-user --net true')""";

    private final Process unshare;
    private final ProcessId keeper;
    private final ExecutorService thread;

    private Namespaces(Process unshare, ProcessId keeper) {
        this.unshare = unshare;
        this.keeper = keeper;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread inside = new Thread(task, "arm-" + keeper.pid());
            inside.setDaemon(true);
            return inside;
        });
    }

    /// What an arm may see.
    ///
    /// @param own the one directory it may write to
    /// @param readable directories that must stay visible even below a hidden one
    /// @param hidden directories that look empty inside
    record View(Path own, List<Path> readable, List<Path> hidden) {}

    /// Directories that an arm has anew and empty, besides those of its view: sockets and shared memory lie there.
    private static final List<Path> RENEWED = List.of(Path.of("/tmp"), Path.of("/run"), Path.of("/dev/shm"));

    /// Whether an arm would not see it without being told.
    static boolean isHidden(Path directory) {
        return RENEWED.stream().anyMatch(hidden -> directory.startsWith(hidden) && !directory.equals(hidden));
    }

    /// What a program needs beside itself: the directory around its `bin`, if its `lib` is there. Any other may hold
    /// live's sockets.
    static Path home(Path programs) {
        return Optional.ofNullable(programs.getParent())
                .filter(around ->
                        programs.endsWith("bin") && isHidden(around) && Files.isDirectory(around.resolve("lib")))
                .orElse(programs);
    }

    /// Whether this host lets us build such walls; the message says why not.
    static Optional<String> unavailable() {
        if (!Files.isDirectory(Path.of("/proc/self/ns"))) {
            return Optional.of("this is not Linux");
        }
        try {
            Process probe = new ProcessBuilder("unshare", "-nmip", "--fork", "true")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return probe.waitFor() == 0 ? Optional.empty() : Optional.of("'unshare -nmip' says: " + output + REMEDY);
        } catch (IOException e) {
            return Optional.of("'unshare' can't be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    /// Builds the walls. @throws EnvironmentException with what the set-up script said
    static Namespaces build(View view) {
        List<String> command =
                new ArrayList<>(List.of("unshare", "-nmip", "--fork", "--kill-child", "sh", "-c", script(), "keeper"));
        command.add(view.own().toString());
        command.add(Integer.toString(view.readable().size()));
        view.readable().forEach(path -> command.add(path.toString()));
        Stream.concat(RENEWED.stream(), view.hidden().stream()).forEach(path -> command.add(path.toString()));
        try {
            Process unshare =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(unshare.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder complaint = new StringBuilder();
            for (String line = said.readLine(); ; line = said.readLine()) {
                if (line == null) {
                    throw new EnvironmentException(
                            "can't shut an arm in: " + complaint.toString().strip());
                }
                if (line.equals("ready")) {
                    break;
                }
                complaint.append(line).append('\n');
            }
            ProcessHandle child = unshare.children()
                    .findFirst()
                    .orElseThrow(() -> new EnvironmentException("the keeper of an arm died at once"));
            Namespaces built = new Namespaces(unshare, ProcessId.of(child.pid()).orElseThrow());
            built.inside(() -> {
                Kernel.bringLoopbackUp();
                return true;
            });
            return built;
        } catch (IOException e) {
            throw new EnvironmentException("can't run 'unshare' to shut an arm in: " + e.getMessage(), e);
        }
    }

    private static String script() {
        try (var in = Namespaces.class.getResourceAsStream("keeper.sh")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("keeper.sh is not in the jar", e);
        }
    }

    @Override
    public List<String> enter(Path directory, List<String> command) {
        List<String> wrapped =
                new ArrayList<>(List.of("nice", "-n", Integer.toString(NICENESS), "ionice", "-c", "2", "-n", "7"));
        wrapped.addAll(
                List.of("nsenter", "--target", Long.toString(keeper.pid()), "--mount", "--net", "--ipc", "--pid"));
        wrapped.add("--wdns=" + directory);
        wrapped.addAll(List.of("--", "setsid", "setpriv", "--bounding-set=-" + String.join(",-", DANGEROUS)));
        wrapped.addAll(command);
        return List.copyOf(wrapped);
    }

    @Override
    public void adoptThread() {
        Kernel.enterNetworkOf(keeper.pid());
    }

    @Override
    public <T> T inside(Supplier<T> task) {
        try {
            return thread.submit(() -> {
                        adoptThread();
                        return task.get();
                    })
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw Failures.unchecked(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted", e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new EnvironmentException("nothing happened inside the arm for 30 s", e);
        }
    }

    @Override
    public ProcessHandle unwrap(Process started) {
        for (int tries = 0; tries < 400 && started.isAlive(); tries++) {
            Optional<ProcessHandle> child = child(started);
            if (child.isPresent()) {
                return child.get();
            }
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
        return started.toHandle();
    }

    /// What a process has started, from the kernel's own list (proc(5), `task/TID/children`) where it keeps
    /// one: the JDK reads all of `/proc` for it, and services start when the processors have enough to do.
    private static Optional<ProcessHandle> child(Process parent) {
        String pid = Long.toString(parent.pid());
        try {
            String listed = Files.readString(Path.of("/proc", pid, "task", pid, "children"))
                    .strip();
            return listed.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(listed.split(" ")[0]));
        } catch (IOException noSuchList) {
            return parent.children().findFirst();
        }
    }

    @Override
    public List<ProcessHandle> inhabitants() {
        String ours = pidNamespace(keeper.pid());
        if (ours.isEmpty()) {
            return List.of();
        }
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.pid() != keeper.pid())
                    .filter(process -> ours.equals(pidNamespace(process.pid())))
                    .filter(process -> ProcessId.of(process.pid())
                            .filter(ProcessId::isAlive)
                            .isPresent())
                    .filter(process ->
                            !(process.parent().map(ProcessHandle::pid).orElse(0L) == keeper.pid()
                                    && process.info().command().orElse("").endsWith("/cat")))
                    .toList();
        }
    }

    private static String pidNamespace(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", "pid"))
                    .toString();
        } catch (IOException | UnsupportedOperationException gone) {
            return "";
        }
    }

    @Override
    public String mark() {
        return keeper.toString();
    }

    @Override
    public boolean isEnforced() {
        return true;
    }

    /// 'nsenter' stops itself when what it runs is stopped, and then never takes note of its end; the kernel
    /// does not let the arm go until somebody does.
    private void endWrappers() {
        String target = "--target " + keeper.pid() + " ";
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(target))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            unshare.getOutputStream().close();
            endWrappers();
            if (!unshare.waitFor(5, TimeUnit.SECONDS)) {
                keeper.signal("KILL");
                unshare.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (IOException pipeGone) {
            keeper.signal("KILL");
        } catch (InterruptedException e) {
            keeper.signal("KILL");
            Thread.currentThread().interrupt();
        }
    }
}
