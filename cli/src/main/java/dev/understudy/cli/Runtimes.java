package dev.understudy.cli;

import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.process.ProcessRuntime;
import dev.understudy.runtime.process.Workplace;
import java.nio.file.Path;

/// The places where services can run.
final class Runtimes {
    private Runtimes() {}

    static ProcessRuntime process(Path here, Timeline timeline) {
        return new ProcessRuntime(
                new Workplace(Home.state(), here.toAbsolutePath(), topology -> Home.itself("mirror", topology)),
                timeline);
    }
}
