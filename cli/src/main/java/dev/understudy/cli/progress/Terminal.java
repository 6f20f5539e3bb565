package dev.understudy.cli.progress;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;

/// What standard error is connected to, and what its user wants of colour. Asks the C library (isatty(3),
/// ioctl_tty(2)); where it can't be asked, there is no terminal. Thread-safe.
public final class Terminal {
    private static final int STANDARD_ERROR = 2;
    private static final int WINSIZE_BYTES = 8;
    private static final long TIOCGWINSZ_LINUX = 0x5413L;
    private static final long TIOCGWINSZ_BSD = 0x40087468L;

    private final boolean isTerminal;
    private final Map<String, String> environment;

    private Terminal(boolean isTerminal, Map<String, String> environment) {
        this.isTerminal = isTerminal;
        this.environment = Map.copyOf(environment);
    }

    /// The one of this process.
    public static Terminal ofStandardError() {
        return new Terminal(isTerminal(), System.getenv());
    }

    /// One that is told what it is; for tests.
    static Terminal of(boolean isTerminal, Map<String, String> environment) {
        return new Terminal(isTerminal, environment);
    }

    /// Characters a line, and lines.
    record Size(int columns, int rows) {
        static final Size USUAL = new Size(80, 24);
    }

    /// Whether a cursor can be moved here.
    boolean movesCursor() {
        return isTerminal && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /// Whether to colour: NO_COLOR (no-color.org) never, CLICOLOR_FORCE (bixense.com/clicolors) always, else on
    /// terminals.
    boolean wantsColour() {
        boolean isRefused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean isForced = !environment.getOrDefault("CLICOLOR_FORCE", "0").matches("0?");
        return !isRefused && (isForced || movesCursor());
    }

    /// How much room there is now.
    Size size() {
        return window().orElse(Size.USUAL);
    }

    private static boolean isTerminal() {
        try {
            MethodHandle isatty = call("isatty", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            return (int) isatty.invokeExact(STANDARD_ERROR) == 1;
        } catch (Throwable nobodyToAsk) {
            return false;
        }
    }

    private static Optional<Size> window() {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle ioctl = call(
                    "ioctl",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                    Linker.Option.firstVariadicArg(2));
            MemorySegment size = arena.allocate(WINSIZE_BYTES);
            boolean isLinux = System.getProperty("os.name").equals("Linux");
            int answer = (int) ioctl.invokeExact(STANDARD_ERROR, isLinux ? TIOCGWINSZ_LINUX : TIOCGWINSZ_BSD, size);
            int rows = size.get(ValueLayout.JAVA_SHORT, 0);
            int columns = size.get(ValueLayout.JAVA_SHORT, 2);
            return answer == 0 && rows > 0 && columns > 0 ? Optional.of(new Size(columns, rows)) : Optional.empty();
        } catch (Throwable nobodyToAsk) {
            return Optional.empty();
        }
    }

    /// The launcher grants native access.
    @SuppressWarnings("restricted")
    private static MethodHandle call(String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), shape, options);
    }
}
