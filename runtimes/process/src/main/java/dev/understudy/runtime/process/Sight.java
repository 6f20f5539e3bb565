package dev.understudy.runtime.process;

import dev.understudy.runtime.EnvironmentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What may be read of the processes of this machine beyond what everybody sees. A process in a user namespace of its
/// own may not look at those outside, live's among them (ptrace(2), access mode checking); then the launcher's shell,
/// which stayed outside, looks for it. Thread-safe.
///
/// ```
///  launcher ──▶ shell, outside: reads /proc  ◀─question─ tool, in a user namespace
///                                            ──answer──▶
/// ```
/// A question is a line (`sockets`, `environ PID`, `exe PID`), its answer some lines and a line with a dot.
final class Sight {
    /// Names the descriptors for questions and answers, which the launcher has opened: `8,9`.
    private static final String PROPERTY = "understudy.lookout";

    private final @Nullable Writer questions;
    private final @Nullable BufferedReader answers;

    private Sight(@Nullable Writer questions, @Nullable BufferedReader answers) {
        this.questions = questions;
        this.answers = answers;
    }

    /// Our own eyes, or those of whoever the launcher left outside.
    static Sight given() {
        String descriptors = System.getProperty(PROPERTY, "");
        if (descriptors.isEmpty()) {
            return new Sight(null, null);
        }
        String[] both = descriptors.split(",");
        try {
            return new Sight(
                    Files.newBufferedWriter(Path.of("/proc/self/fd", both[0])),
                    Files.newBufferedReader(Path.of("/proc/self/fd", both[1]), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new EnvironmentException("can't reach who looks at live for us at " + descriptors + ": " + e, e);
        }
    }

    /// The sockets (`socket:[INODE]`) that each process has open.
    Map<Long, List<String>> sockets() {
        Map<Long, List<String>> sockets = new HashMap<>();
        if (questions == null) {
            ProcessHandle.allProcesses().forEach(process -> sockets.put(process.pid(), descriptors(process.pid())));
            return sockets;
        }
        for (String line : asked("sockets")) {
            String[] words = line.split(" ");
            long pid = Long.parseLong(words[0].split("/")[2]);
            sockets.computeIfAbsent(pid, _ -> new ArrayList<>()).add(words[1]);
        }
        return sockets;
    }

    /// The environment of a process, `NAME=value`; empty if it can't be read.
    List<String> environment(long pid) {
        if (questions == null) {
            return zeroSeparated(bytes(Path.of("/proc", Long.toString(pid), "environ")));
        }
        return zeroSeparated(Base64.getDecoder().decode(String.join("", asked("environ " + pid))));
    }

    /// Where the program of a process is, if somebody had to look for us: others find it by themselves.
    Optional<Path> programDirectory(long pid) {
        return questions == null
                ? Optional.empty()
                : asked("exe " + pid).stream()
                        .findFirst()
                        .map(Path::of)
                        .flatMap(program -> Optional.ofNullable(program.getParent()));
    }

    /// The words a process was started with; everybody may see them.
    static List<String> command(long pid) {
        return zeroSeparated(bytes(Path.of("/proc", Long.toString(pid), "cmdline")));
    }

    private synchronized List<String> asked(String question) {
        List<String> lines = new ArrayList<>();
        Writer ask = java.util.Objects.requireNonNull(questions);
        BufferedReader answer = java.util.Objects.requireNonNull(answers);
        try {
            ask.write(question + "\n");
            ask.flush();
            for (String line = answer.readLine(); !".".equals(line); line = answer.readLine()) {
                if (line == null) {
                    throw new IOException("it has gone");
                }
                lines.add(line);
            }
            return lines;
        } catch (IOException e) {
            throw new EnvironmentException("who looks at live for us did not answer '" + question + "': " + e, e);
        }
    }

    private static List<String> descriptors(long pid) {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.flatMap(link -> {
                        try {
                            return Stream.of(Files.readSymbolicLink(link).toString());
                        } catch (IOException gone) {
                            return Stream.empty();
                        }
                    })
                    .toList();
        } catch (IOException notOurs) {
            return List.of();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException notReadable) {
            return new byte[0];
        }
    }

    private static List<String> zeroSeparated(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.isEmpty() ? List.of() : List.of(text.split("\0"));
    }
}
