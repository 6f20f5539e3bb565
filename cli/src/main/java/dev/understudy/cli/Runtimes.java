package dev.understudy.cli;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.process.ProcessRuntime;
import dev.understudy.runtime.process.Workplace;
import java.nio.file.Path;

/// The places where services can run.
final class Runtimes {
    private Runtimes() {}

    /// Refuses a rehearsal where processes can't be found, before it leaves anything.
    ///
    /// @throws EnvironmentException if this isn't Linux
    static void requireLinux() {
        if (!Machine.isLinux()) {
            throw new EnvironmentException(System.getProperty("os.name")
                    + " has no /proc/self/ns: live is found and arms are shut in through Linux's /proc and namespaces;"
                    + " rehearse on Linux, or in a virtual machine with it ('understudy doctor' says more)");
        }
    }

    static ProcessRuntime process(Path here, Timeline timeline) {
        return new ProcessRuntime(
                new Workplace(Home.state(), here.toAbsolutePath(), topology -> Home.itself("mirror", topology)),
                timeline);
    }
}
