package dev.understudy.runtime.docker.agent;

import dev.understudy.links.LinkCounts;
import dev.understudy.runtime.LinkHandle.Disturbance;
import dev.understudy.runtime.LinkHandle.Requests;
import dev.understudy.runtime.docker.agent.names.Sighting;
import dev.understudy.runtime.docker.agent.names.Sighting.Outcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How the values inside frames are written and read back, in the formats of [DataOutput]. No state. A length
/// is never trusted: what it promises has to be in the frame.
final class Fields {
    private static final int IPV6_BYTES = 16;

    private Fields() {}

    /// Reads one value.
    interface Reading<T> {
        T from(DataInput in) throws IOException;
    }

    static void put(DataOutput out, InetAddress address) throws IOException {
        byte[] raw = address.getAddress();
        out.writeByte(raw.length);
        out.write(raw);
    }

    static InetAddress address(DataInput in) throws IOException {
        int length = in.readUnsignedByte();
        if (length > IPV6_BYTES) {
            throw new IOException("an address of " + length + " bytes");
        }
        byte[] raw = new byte[length];
        in.readFully(raw);
        return InetAddress.getByAddress(raw);
    }

    static void put(DataOutput out, InetSocketAddress address) throws IOException {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("unresolved address " + address);
        }
        put(out, address.getAddress());
        out.writeShort(address.getPort());
    }

    static InetSocketAddress socketAddress(DataInput in) throws IOException {
        return new InetSocketAddress(address(in), in.readUnsignedShort());
    }

    static void put(DataOutput out, List<InetSocketAddress> addresses) throws IOException {
        out.writeInt(addresses.size());
        for (InetSocketAddress address : addresses) {
            put(out, address);
        }
    }

    static List<InetSocketAddress> socketAddresses(DataInput in) throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            addresses.add(socketAddress(in));
        }
        return List.copyOf(addresses);
    }

    static void put(DataOutput out, Disturbance disturbance) throws IOException {
        switch (disturbance) {
            case Disturbance.Delay delay -> {
                out.writeByte(0);
                out.writeLong(delay.by().toNanos());
            }
            case Disturbance.Refuse refuse -> {
                out.writeByte(1);
                out.writeBoolean(refuse.keepExisting());
            }
            case Disturbance.Hold hold -> {
                out.writeByte(2);
                put(out, hold.which());
                out.writeLong(hold.by().toNanos());
            }
            case Disturbance.Status status -> {
                out.writeByte(3);
                put(out, status.which());
                out.writeInt(status.status());
            }
        }
    }

    static Disturbance disturbance(DataInput in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 0 -> new Disturbance.Delay(Duration.ofNanos(in.readLong()));
            case 1 -> new Disturbance.Refuse(in.readBoolean());
            case 2 -> new Disturbance.Hold(requests(in), Duration.ofNanos(in.readLong()));
            case 3 -> new Disturbance.Status(requests(in), in.readInt());
            default -> throw new IOException("a disturbance of kind " + kind);
        };
    }

    private static void put(DataOutput out, Requests which) throws IOException {
        out.writeUTF(which.method());
        out.writeUTF(which.path());
        out.writeDouble(which.share());
    }

    private static Requests requests(DataInput in) throws IOException {
        return new Requests(in.readUTF(), in.readUTF(), in.readDouble());
    }

    static void put(DataOutput out, LinkCounts counts) throws IOException {
        out.writeLong(counts.connections());
        out.writeLong(counts.open());
        out.writeLong(counts.refused());
        out.writeLong(counts.malformed());
        out.writeLong(counts.bytesFromClient());
        out.writeLong(counts.bytesToServer());
        out.writeLong(counts.bytesToClient());
    }

    static LinkCounts counts(DataInput in) throws IOException {
        return new LinkCounts(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    static void put(DataOutput out, Sighting sighting) throws IOException {
        out.writeLong(sighting.atNanos());
        out.writeUTF(sighting.caller());
        out.writeUTF(sighting.name());
        out.writeUTF(sighting.type());
        out.writeUTF(sighting.outcome().name());
    }

    static Sighting sighting(DataInput in) throws IOException {
        return new Sighting(in.readLong(), in.readUTF(), in.readUTF(), in.readUTF(), Outcome.valueOf(in.readUTF()));
    }
}
