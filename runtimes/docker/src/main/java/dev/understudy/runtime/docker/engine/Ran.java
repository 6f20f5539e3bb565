package dev.understudy.runtime.docker.engine;

/// How a command in a container ended.
///
/// @param output the end of what it printed, both outputs as they came
public record Ran(int exitCode, String output) {
    public boolean isFine() {
        return exitCode == 0;
    }
}
