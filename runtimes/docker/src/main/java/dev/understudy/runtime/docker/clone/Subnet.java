package dev.understudy.runtime.docker.clone;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// An IPv4 network (RFC 4632).
///
/// @param base its first address as a number
/// @param prefix how many bits all its addresses share
public record Subnet(int base, int prefix) {
    private static final int BITS = 32;

    public Subnet {
        base = base & mask(prefix);
    }

    /// Reads `10.1.0.0/16`. @throws IllegalArgumentException if it is no such text
    public static Subnet parse(String text) {
        int slash = text.indexOf('/');
        String[] parts = (slash < 0 ? text : text.substring(0, slash)).split("\\.", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not an IPv4 network: '" + text + "'");
        }
        int base = 0;
        for (String part : parts) {
            base = base << 8 | (Integer.parseInt(part) & 0xff);
        }
        return new Subnet(base, slash < 0 ? BITS : Integer.parseInt(text.substring(slash + 1)));
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (BITS - prefix);
    }

    /// Whether an address is in both.
    public boolean overlaps(Subnet other) {
        int common = mask(Math.min(prefix, other.prefix));
        return (base & common) == (other.base & common);
    }

    /// The address so many after the first. @throws IllegalArgumentException if it lies outside
    public InetAddress address(int offset) {
        if (offset < 0 || offset >= 1L << (BITS - prefix)) {
            throw new IllegalArgumentException(this + " has no address " + offset);
        }
        try {
            return InetAddress.getByAddress(bytes(base + offset));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(int address) {
        return new byte[] {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address};
    }

    @Override
    public String toString() {
        return (base >>> 24) + "." + (base >>> 16 & 0xff) + "." + (base >>> 8 & 0xff) + "." + (base & 0xff) + "/"
                + prefix;
    }
}
