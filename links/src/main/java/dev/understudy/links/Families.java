package dev.understudy.links;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;

/// Which kind of socket an address needs: an arm may have no IPv6 at all.
final class Families {
    private Families() {}

    static ProtocolFamily of(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }
}
