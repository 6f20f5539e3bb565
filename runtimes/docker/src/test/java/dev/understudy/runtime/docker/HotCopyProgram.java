package dev.understudy.runtime.docker;

import dev.understudy.store.TreeSync;
import java.nio.file.Path;

/// What this tool refuses to do: copies files once while they are written.
final class HotCopyProgram {
    private HotCopyProgram() {}

    public static void main(String[] arguments) {
        new TreeSync(Path.of(arguments[0]), Path.of(arguments[1])).pass();
    }
}
