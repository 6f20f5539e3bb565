package dev.understudy.runtime.docker.agent;

import dev.understudy.links.LinkLoop;
import dev.understudy.links.LinkProxy;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.LinkHandle.Disturbance;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.docker.agent.Frames.Content;
import dev.understudy.runtime.docker.agent.names.NameServer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// One control connection, on the agent's side: carries orders out and says what came of them. All that it
/// opened ends with it. Orders that the tool gives side by side are carried out side by side, on virtual
/// threads.
final class ControlSession {
    /// An order was carried out; what it is answered with follows.
    static final byte DONE = 0;
    /// It failed for want of something in the environment; the reason follows.
    static final byte ENVIRONMENT = 1;
    /// It asked for something that makes no sense; the reason follows.
    static final byte ARGUMENT = 2;
    /// It failed for a reason that is a bug; what happened follows.
    static final byte DEFECT = 3;

    private static final int MOST_AT_ONCE = 256;
    private static final int BUFFER = 64 * 1024;

    private final ArmName arm;
    private final DataInputStream in;
    private final Outbox outbox;
    private final LinkLoop loop;
    private final NameServer names;
    private final Map<Integer, OpenLink> links = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    ControlSession(ArmName arm, Socket socket) throws IOException {
        this.arm = arm;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        this.outbox = new Outbox(out);
        this.loop = LinkLoop.start("links-" + arm, () -> {}, System::nanoTime);
        this.names = new NameServer(System::nanoTime, outbox::sighting);
    }

    /// Welcomes the tool under `number` and serves it until it goes.
    void run(int number) throws IOException {
        Thread sender = Thread.ofPlatform().daemon().name("outbox-" + arm).start(this::send);
        try {
            outbox.answer(Frames.frame(out -> {
                out.writeByte(Greeting.VERSION);
                out.writeInt(number);
            }));
            while (true) {
                take(Frames.read(in, Frames.LONGEST));
            }
        } finally {
            sender.interrupt();
            outbox.close();
            names.close();
            loop.close();
        }
    }

    /// The way in of that number, if there is one.
    Optional<LinkProxy> way(int id) {
        return Optional.ofNullable(links.get(id)).map(OpenLink::measured);
    }

    private void send() {
        try {
            outbox.run();
        } catch (IOException | InterruptedException toolGone) {
            // whoever reads from it notices too, and ends the session
        }
    }

    private void take(byte[] frame) throws IOException {
        DataInputStream fields = new DataInputStream(new ByteArrayInputStream(frame));
        if (fields.readByte() != Frames.ORDER) {
            throw new IOException("a frame that is no order");
        }
        long number = fields.readLong();
        Order order = order(fields);
        if (order instanceof Order.Ping) {
            // Answered here: the time must not be older than it takes to send it.
            outbox.answer(answer(number, DONE, out -> out.writeLong(System.nanoTime())));
            return;
        }
        room.acquireUninterruptibly();
        Thread.startVirtualThread(() -> {
            try {
                outbox.answer(outcome(number, order));
            } catch (IOException toolGone) {
                // nobody waits for it any more
            } finally {
                room.release();
            }
        });
    }

    private static Order order(DataInputStream fields) throws IOException {
        try {
            return OrderFields.order(fields);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("an order that makes no sense: " + e.getMessage(), e);
        }
    }

    private byte[] outcome(long number, Order order) {
        try {
            return answer(number, DONE, carryOut(order));
        } catch (EnvironmentException e) {
            return answer(number, ENVIRONMENT, reason(e));
        } catch (IllegalArgumentException e) {
            return answer(number, ARGUMENT, reason(e));
        } catch (RuntimeException e) {
            return answer(number, DEFECT, out -> out.writeUTF(e.toString()));
        }
    }

    private static Content reason(RuntimeException e) {
        return out -> out.writeUTF(String.valueOf(e.getMessage()));
    }

    private static byte[] answer(long number, byte outcome, Content content) {
        return Frames.frame(out -> {
            out.writeByte(Frames.ANSWER);
            out.writeLong(number);
            out.writeByte(outcome);
            content.to(out);
        });
    }

    private Content carryOut(Order order) {
        switch (order) {
            case Order.Ping _ -> {}
            case Order.Sound _ -> {
                String defect = defect();
                return out -> out.writeUTF(defect);
            }
            case Order.Range range -> LocalRange.add(range.first(), range.prefix());
            case Order.Open open -> links.put(open.id(), OpenLink.listen(loop, arm, open.order(), samples(open.id())));
            case Order.Enter enter ->
                links.put(enter.id(), OpenLink.entrance(loop, arm, enter.order(), samples(enter.id())));
            case Order.Disturb disturb -> link(disturb.id()).disturb(disturb.name(), disturb.disturbance());
            case Order.Calm calm -> link(calm.id()).calm(calm.name());
            case Order.Disturbances disturbances -> {
                return disturbances(link(disturbances.id()).disturbances());
            }
            case Order.Counts counts -> {
                var counted = link(counts.id()).counts();
                return out -> Fields.put(out, counted);
            }
            case Order.Lead lead -> link(lead.id()).at(lead.port()).lead(lead.targets());
            case Order.Targets targets -> {
                var led = link(targets.id()).at(targets.port()).targets();
                return out -> Fields.put(out, led);
            }
            case Order.Patient patient -> link(patient.id()).setPatient(patient.patient());
            case Order.UnderWay underWay -> {
                boolean under = link(underWay.id()).isUnderWayAt(underWay.instances());
                return out -> out.writeBoolean(under);
            }
            case Order.Close close -> close(close.id());
            case Order.Accepts accepts -> {
                boolean accepted = accepts(accepts.target(), accepts.within().toMillis());
                return out -> out.writeBoolean(accepted);
            }
            case Order.ServeNames serve -> serve.at().forEach(names::listen);
            case Order.Names book -> names.use(book.book());
        }
        return out -> {};
    }

    private OpenLink link(int id) {
        OpenLink found = links.get(id);
        if (found == null) {
            throw new IllegalArgumentException("the agent of the " + arm + " arm has no link " + id);
        }
        return found;
    }

    private void close(int id) {
        OpenLink gone = links.remove(id);
        if (gone != null) {
            gone.close();
        }
    }

    private Consumer<LinkSample> samples(int id) {
        return sample -> outbox.sample(id, sample);
    }

    private String defect() {
        long lost = outbox.lost();
        return loop.defect()
                .map(Throwable::toString)
                .orElse(lost == 0 ? "" : lost + " measurements were lost because nobody fetched them in time");
    }

    private static Content disturbances(Map<String, Disturbance> disturbances) {
        return out -> {
            out.writeInt(disturbances.size());
            for (Map.Entry<String, Disturbance> entry : disturbances.entrySet()) {
                out.writeUTF(entry.getKey());
                Fields.put(out, entry.getValue());
            }
        };
    }

    private static boolean accepts(InetSocketAddress target, long millis) {
        try (Socket socket = new Socket()) {
            socket.connect(target, Math.toIntExact(Math.clamp(millis, 1, 60_000)));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
