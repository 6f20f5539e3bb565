package dev.understudy.runtime.docker.agent;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Failures;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Makes a range of addresses the machine's own, as `ip addr add ADDRESS/PREFIX dev lo` does: each of them can
/// be listened at, and every network of the machine is told that they are here. It takes `CAP_NET_ADMIN`.
///
/// It says so to the kernel through rtnetlink(7). The older `ioctl` would first take the whole class that an
/// address belongs to, 10.0.0.0/8 for one, and with it the address of whoever controls the agent.
final class LocalRange {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_ROUTE = 0;
    private static final short NLMSG_ERROR = 2;
    private static final short RTM_NEWADDR = 20;
    private static final short REQUEST_ACK_CREATE_REPLACE = 0x1 | 0x4 | 0x400 | 0x100;
    private static final byte AF_INET = 2;
    private static final short IFA_ADDRESS = 1;
    private static final short IFA_LOCAL = 2;
    private static final int NLMSG_BYTES = 16;
    private static final int REQUEST_BYTES = NLMSG_BYTES + 8 + 2 * 8;
    private static final int ANSWER_BYTES = 1024;

    private LocalRange() {}

    /// Adds `first` and all addresses that share its first `prefix` bits; no effect if it was added before.
    /// @throws EnvironmentException if the kernel refuses
    static void add(Inet4Address first, int prefix) {
        String range = first.getHostAddress() + "/" + prefix;
        if (prefix < 8 || prefix > 32) {
            throw new IllegalArgumentException("no range for links: " + range);
        }
        int error = -told(request(first, prefix, loopback()), range);
        if (error != 0) {
            throw new EnvironmentException("the kernel refuses to make " + range + " local: "
                    + (error == 1 ? "it takes CAP_NET_ADMIN" : "error " + error));
        }
    }

    private static int loopback() {
        try {
            NetworkInterface loopback = NetworkInterface.getByName("lo");
            if (loopback == null) {
                throw new EnvironmentException("there is no interface 'lo' to put addresses on");
            }
            return loopback.getIndex();
        } catch (IOException e) {
            throw new EnvironmentException("can't ask for the interface 'lo': " + e.getMessage(), e);
        }
    }

    /// `struct nlmsghdr`, `struct ifaddrmsg`, two attributes.
    private static byte[] request(Inet4Address first, int prefix, int device) {
        return ByteBuffer.allocate(REQUEST_BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(REQUEST_BYTES)
                .putShort(RTM_NEWADDR)
                .putShort(REQUEST_ACK_CREATE_REPLACE)
                .putInt(1)
                .putInt(0)
                .put(AF_INET)
                .put((byte) prefix)
                .put((byte) 0)
                .put((byte) 0)
                .putInt(device)
                .putShort((short) 8)
                .putShort(IFA_LOCAL)
                .put(first.getAddress())
                .putShort((short) 8)
                .putShort(IFA_ADDRESS)
                .put(first.getAddress())
                .array();
    }

    /// What the kernel answers: 0, or an error number below.
    private static int told(byte[] request, String range) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errors = arena.allocate(Linker.Option.captureStateLayout());
            int socket = (int) Calls.SOCKET.invokeExact(errors, AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_ROUTE);
            if (socket < 0) {
                throw new EnvironmentException("can't ask the kernel to make " + range + " local: socket: error "
                        + (int) Calls.ERRNO.get(errors, 0L));
            }
            try {
                MemorySegment asked = arena.allocateFrom(ValueLayout.JAVA_BYTE, request);
                long sent = (long) Calls.SEND.invokeExact(errors, socket, asked, (long) request.length, 0);
                MemorySegment answer = arena.allocate(ANSWER_BYTES);
                long received = sent < 0
                        ? sent
                        : (long) Calls.RECEIVE.invokeExact(errors, socket, answer, (long) ANSWER_BYTES, 0);
                return received < 0 ? -(int) Calls.ERRNO.get(errors, 0L) : verdict(answer, received, range);
            } finally {
                int ignored = (int) Calls.CLOSE.invokeExact(socket);
            }
        } catch (Throwable failure) {
            throw Failures.unchecked(failure);
        }
    }

    private static int verdict(MemorySegment answer, long length, String range) {
        ByteBuffer bytes = answer.asByteBuffer().order(ByteOrder.nativeOrder());
        if (length < NLMSG_BYTES + Integer.BYTES || bytes.getShort(Integer.BYTES) != NLMSG_ERROR) {
            throw new EnvironmentException("the kernel doesn't say whether " + range + " is local now");
        }
        return bytes.getInt(NLMSG_BYTES);
    }

    /// The calls of the C library; looked up only when an address is added.
    private static final class Calls {
        static final VarHandle ERRNO =
                Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
        static final MethodHandle SOCKET = call(
                "socket",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                Linker.Option.captureCallState("errno"));
        static final MethodHandle SEND = transfer("send");
        static final MethodHandle RECEIVE = transfer("recv");
        static final MethodHandle CLOSE =
                call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        private Calls() {}

        private static MethodHandle transfer(String name) {
            return call(
                    name,
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT),
                    Linker.Option.captureCallState("errno"));
        }

        /// The launcher grants native access; nothing but this file uses it.
        @SuppressWarnings("restricted")
        private static MethodHandle call(String name, FunctionDescriptor shape, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            MemorySegment address = linker.defaultLookup()
                    .find(name)
                    .orElseThrow(() -> new EnvironmentException("this system's C library has no '" + name + "'"));
            return linker.downcallHandle(address, shape, options);
        }
    }
}
