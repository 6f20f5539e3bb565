package dev.understudy.runtime.docker.agent;

import dev.understudy.runtime.docker.agent.Order.Accepts;
import dev.understudy.runtime.docker.agent.Order.Calm;
import dev.understudy.runtime.docker.agent.Order.Close;
import dev.understudy.runtime.docker.agent.Order.Counts;
import dev.understudy.runtime.docker.agent.Order.Disturb;
import dev.understudy.runtime.docker.agent.Order.Disturbances;
import dev.understudy.runtime.docker.agent.Order.Enter;
import dev.understudy.runtime.docker.agent.Order.Lead;
import dev.understudy.runtime.docker.agent.Order.Names;
import dev.understudy.runtime.docker.agent.Order.Open;
import dev.understudy.runtime.docker.agent.Order.Patient;
import dev.understudy.runtime.docker.agent.Order.Ping;
import dev.understudy.runtime.docker.agent.Order.Range;
import dev.understudy.runtime.docker.agent.Order.ServeNames;
import dev.understudy.runtime.docker.agent.Order.Sound;
import dev.understudy.runtime.docker.agent.Order.Targets;
import dev.understudy.runtime.docker.agent.Order.UnderWay;
import dev.understudy.runtime.docker.agent.names.NameBook;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service.Protocol;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How each [Order] is written and read back: one byte for its kind, then its fields. No state.
final class OrderFields {
    private OrderFields() {}

    static void put(DataOutput out, Order order) throws IOException {
        switch (order) {
            case Ping _ -> out.writeByte(0);
            case Sound _ -> out.writeByte(1);
            case Range range -> {
                out.writeByte(2);
                Fields.put(out, range.first());
                out.writeByte(range.prefix());
            }
            case Open open -> {
                number(out, 3, open.id());
                put(out, open.order());
            }
            case Enter enter -> {
                number(out, 4, enter.id());
                put(out, enter.order());
            }
            case Disturb disturb -> {
                number(out, 5, disturb.id());
                out.writeUTF(disturb.name());
                Fields.put(out, disturb.disturbance());
            }
            case Calm calm -> {
                number(out, 6, calm.id());
                out.writeUTF(calm.name());
            }
            case Disturbances disturbances -> number(out, 7, disturbances.id());
            case Counts counts -> number(out, 8, counts.id());
            case Lead lead -> {
                number(out, 9, lead.id());
                out.writeInt(lead.port());
                Fields.put(out, lead.targets());
            }
            case Targets targets -> {
                number(out, 10, targets.id());
                out.writeInt(targets.port());
            }
            case Patient patient -> {
                number(out, 11, patient.id());
                out.writeBoolean(patient.patient());
            }
            case UnderWay underWay -> {
                number(out, 12, underWay.id());
                Fields.put(out, underWay.instances());
            }
            case Close close -> number(out, 13, close.id());
            case Accepts accepts -> {
                out.writeByte(14);
                Fields.put(out, accepts.target());
                out.writeLong(accepts.within().toNanos());
            }
            case ServeNames serve -> {
                out.writeByte(15);
                Fields.put(out, serve.at());
            }
            case Names names -> {
                out.writeByte(16);
                put(out, names.book());
            }
        }
    }

    static Order order(DataInput in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 0 -> new Ping();
            case 1 -> new Sound();
            case 2 -> new Range(ipv4(in), in.readUnsignedByte());
            case 3 -> new Open(in.readInt(), linkOrder(in));
            case 4 -> new Enter(in.readInt(), wayOrder(in));
            case 5 -> new Disturb(in.readInt(), in.readUTF(), Fields.disturbance(in));
            case 6 -> new Calm(in.readInt(), in.readUTF());
            case 7 -> new Disturbances(in.readInt());
            case 8 -> new Counts(in.readInt());
            case 9 -> new Lead(in.readInt(), in.readInt(), Fields.socketAddresses(in));
            case 10 -> new Targets(in.readInt(), in.readInt());
            case 11 -> new Patient(in.readInt(), in.readBoolean());
            case 12 -> new UnderWay(in.readInt(), Fields.socketAddresses(in));
            case 13 -> new Close(in.readInt());
            case 14 -> new Accepts(Fields.socketAddress(in), Duration.ofNanos(in.readLong()));
            case 15 -> new ServeNames(Fields.socketAddresses(in));
            case 16 -> new Names(book(in));
            default -> throw new IOException("an order of kind " + kind);
        };
    }

    private static void number(DataOutput out, int kind, int id) throws IOException {
        out.writeByte(kind);
        out.writeInt(id);
    }

    private static void put(DataOutput out, LinkOrder order) throws IOException {
        put(out, order.link(), order.protocol());
        Fields.put(out, order.at());
        out.writeInt(order.measuredPort());
        out.writeInt(order.ports().size());
        for (Map.Entry<Integer, List<InetSocketAddress>> port : order.ports().entrySet()) {
            out.writeInt(port.getKey());
            Fields.put(out, port.getValue());
        }
        out.writeBoolean(order.refusing());
    }

    private static LinkOrder linkOrder(DataInput in) throws IOException {
        Link link = link(in);
        Protocol protocol = protocol(in);
        InetAddress at = Fields.address(in);
        int measuredPort = in.readInt();
        Map<Integer, List<InetSocketAddress>> ports = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            ports.put(in.readInt(), Fields.socketAddresses(in));
        }
        return new LinkOrder(link, protocol, at, measuredPort, ports, in.readBoolean());
    }

    private static void put(DataOutput out, WayOrder order) throws IOException {
        put(out, order.link(), order.protocol());
        Fields.put(out, order.targets());
        out.writeBoolean(order.measured());
    }

    private static WayOrder wayOrder(DataInput in) throws IOException {
        return new WayOrder(link(in), protocol(in), Fields.socketAddresses(in), in.readBoolean());
    }

    private static void put(DataOutput out, Link link, Protocol protocol) throws IOException {
        out.writeUTF(link.from());
        out.writeUTF(link.to());
        out.writeUTF(protocol.name());
    }

    private static Link link(DataInput in) throws IOException {
        return new Link(in.readUTF(), in.readUTF());
    }

    private static Protocol protocol(DataInput in) throws IOException {
        return Protocol.valueOf(in.readUTF());
    }

    private static void put(DataOutput out, NameBook book) throws IOException {
        out.writeInt(book.callers().size());
        for (Map.Entry<String, Map<String, Inet4Address>> caller :
                book.callers().entrySet()) {
            out.writeUTF(caller.getKey());
            putNames(out, caller.getValue());
        }
        putNames(out, book.allowed());
    }

    private static NameBook book(DataInput in) throws IOException {
        Map<String, Map<String, Inet4Address>> callers = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            callers.put(in.readUTF(), names(in));
        }
        return new NameBook(callers, names(in));
    }

    private static void putNames(DataOutput out, Map<String, Inet4Address> names) throws IOException {
        out.writeInt(names.size());
        for (Map.Entry<String, Inet4Address> name : names.entrySet()) {
            out.writeUTF(name.getKey());
            Fields.put(out, name.getValue());
        }
    }

    private static Map<String, Inet4Address> names(DataInput in) throws IOException {
        Map<String, Inet4Address> names = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            names.put(in.readUTF(), ipv4(in));
        }
        return names;
    }

    private static Inet4Address ipv4(DataInput in) throws IOException {
        if (Fields.address(in) instanceof Inet4Address address) {
            return address;
        }
        throw new IOException("an address that is not IPv4");
    }
}
