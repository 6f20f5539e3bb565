package dev.understudy.runtime.process;

import dev.understudy.runtime.EnvironmentException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The few calls of the Linux kernel that Java has no words for: entering a network namespace and bringing its
/// loopback up, which act on the calling thread alone (threads that enter a namespace must be platform threads and
/// never leave), and signals other than TERM and KILL.
final class Kernel {
    static final int SIGCONT = 18;
    static final int SIGSTOP = 19;

    private static final int O_RDONLY = 0;
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final short IFF_UP_AND_RUNNING = 0x1 | 0x40;
    private static final int IFREQ_BYTES = 40;
    private static final int IFREQ_FLAGS = 16;

    private static final MethodHandle OPEN =
            call("open", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT), 2);
    private static final MethodHandle CLOSE =
            call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), -1);
    private static final MethodHandle SETNS =
            call("setns", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), -1);
    private static final MethodHandle SOCKET = call(
            "socket",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
            -1);
    private static final MethodHandle IOCTL = call(
            "ioctl",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
            2);

    private static final MethodHandle KILL =
            call("kill", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), -1);

    private Kernel() {}

    /// Sends a signal (kill(2)); returns whether the kernel took it.
    static boolean signal(long pid, int number) {
        try {
            return (int) KILL.invokeExact(Math.toIntExact(pid), number) == 0;
        } catch (Throwable failure) {
            throw dev.understudy.runtime.Failures.unchecked(failure);
        }
    }

    /// Moves the calling platform thread into the network namespace of `pid`.
    /// @throws EnvironmentException if the kernel refuses
    static void enterNetworkOf(long pid) {
        String path = "/proc/" + pid + "/ns/net";
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) OPEN.invokeExact(arena.allocateFrom(path), O_RDONLY);
            if (descriptor < 0) {
                throw new EnvironmentException("can't open " + path);
            }
            int entered = (int) SETNS.invokeExact(descriptor, CLONE_NEWNET);
            int ignored = (int) CLOSE.invokeExact(descriptor);
            if (entered != 0) {
                throw new EnvironmentException("the kernel refuses to let this process enter " + path + " (close: "
                        + ignored + "); it takes CAP_SYS_ADMIN over that namespace");
            }
        } catch (Throwable failure) {
            throw dev.understudy.runtime.Failures.unchecked(failure);
        }
    }

    /// Brings `lo` up in the namespace of the calling thread.
    static void bringLoopbackUp() {
        try (Arena arena = Arena.ofConfined()) {
            int socket = (int) SOCKET.invokeExact(AF_INET, SOCK_DGRAM, 0);
            MemorySegment request = arena.allocate(IFREQ_BYTES);
            request.setString(0, "lo");
            request.set(ValueLayout.JAVA_SHORT, IFREQ_FLAGS, IFF_UP_AND_RUNNING);
            int raised = (int) IOCTL.invokeExact(socket, SIOCSIFFLAGS, request);
            int ignored = (int) CLOSE.invokeExact(socket);
            if (raised != 0) {
                throw new EnvironmentException(
                        "can't bring the loopback of a new network namespace up (close: " + ignored + ")");
            }
        } catch (Throwable failure) {
            throw dev.understudy.runtime.Failures.unchecked(failure);
        }
    }

    /// The launcher grants native access; nothing but this file uses it.
    @SuppressWarnings("restricted")
    private static MethodHandle call(String name, FunctionDescriptor shape, int firstVariadic) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new EnvironmentException("this system's C library has no '" + name + "'"));
        return firstVariadic < 0
                ? linker.downcallHandle(address, shape)
                : linker.downcallHandle(address, shape, Linker.Option.firstVariadicArg(firstVariadic));
    }
}
