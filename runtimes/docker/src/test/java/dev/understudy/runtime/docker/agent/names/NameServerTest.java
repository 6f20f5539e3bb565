package dev.understudy.runtime.docker.agent.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.runtime.docker.agent.names.Sighting.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Questions for names, on real sockets. The caller `127.0.0.1` declares `orders`; the arm also has `payments`.
class NameServerTest {
    private static final int A = 1;
    private static final int AAAA = 28;
    private static final int NXDOMAIN = 3;

    private final BlockingQueue<Sighting> sightings = new LinkedBlockingQueue<>();
    private final NameServer server = new NameServer(() -> 42, sightings::add);
    private InetSocketAddress at = new InetSocketAddress(0);

    @BeforeEach
    void listen() throws IOException {
        InetAddress address = InetAddress.getByName("127.9.8.6");
        try (DatagramSocket free = new DatagramSocket(0, address)) {
            at = new InetSocketAddress(address, free.getLocalPort());
        }
        server.listen(at);
        server.use(new NameBook(
                Map.of(
                        "127.0.0.1",
                        Map.of("Orders", ipv4("10.1.0.1")),
                        NameBook.ANYBODY,
                        Map.of("orders", ipv4("10.1.0.2"), "payments", ipv4("10.1.0.3"))),
                Map.of("api.example.com.", ipv4("10.1.0.4"))));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private static Inet4Address ipv4(String text) throws IOException {
        return (Inet4Address) InetAddress.getByName(text);
    }

    private static byte[] question(String name, int type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int field : new int[] {0x1234, 0x0100, 1, 0, 0, 0}) {
            out.writeShort(field);
        }
        for (String label : name.split("\\.")) {
            out.writeByte(label.length());
            out.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeByte(0);
        out.writeShort(type);
        out.writeShort(1);
        return bytes.toByteArray();
    }

    private byte[] asked(byte[] message) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            socket.setSoTimeout(2_000);
            socket.send(new DatagramPacket(message, message.length, at));
            DatagramPacket answer = new DatagramPacket(new byte[1024], 1024);
            socket.receive(answer);
            return Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }

    private static int code(byte[] answer) {
        return answer[3] & 0xf;
    }

    private static int records(byte[] answer) {
        return ByteBuffer.wrap(answer).getShort(6);
    }

    private static String address(byte[] answer) throws IOException {
        return InetAddress.getByAddress(Arrays.copyOfRange(answer, answer.length - 4, answer.length))
                .getHostAddress();
    }

    @Test
    void aDeclaredNameIsTheCallersOwnLink() throws Exception {
        byte[] answer = asked(question("oRDERs", A));
        assertThat(code(answer)).isZero();
        assertThat(records(answer)).isOne();
        assertThat(address(answer)).isEqualTo("10.1.0.1");
        assertThat(answer[0]).isEqualTo((byte) 0x12);
        assertThat(sightings).containsExactly(new Sighting(42, "127.0.0.1", "orders", "A", Outcome.KNOWN));
    }

    @Test
    void aNameThatIsNotDeclaredLeadsToTheLinkForThose() throws Exception {
        assertThat(address(asked(question("payments", A)))).isEqualTo("10.1.0.3");
        assertThat(sightings.take().outcome()).isEqualTo(Outcome.UNDECLARED);
    }

    @Test
    void aNameThatSomethingStandsInForIsAnswered() throws Exception {
        assertThat(address(asked(question("api.example.com", A)))).isEqualTo("10.1.0.4");
        assertThat(sightings.take().outcome()).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void aNameOfTheOutsideWorldDoesNotExist() throws Exception {
        for (int type : new int[] {A, AAAA, 16, 65}) {
            byte[] answer = asked(question("www.example.org", type));
            assertThat(code(answer)).isEqualTo(NXDOMAIN);
            assertThat(records(answer)).isZero();
        }
        assertThat(code(asked(question("orders.example.org", A)))).isEqualTo(NXDOMAIN);
        assertThat(sightings)
                .extracting(Sighting::type, Sighting::outcome)
                .startsWith(
                        org.assertj.core.groups.Tuple.tuple("A", Outcome.OUTSIDE),
                        org.assertj.core.groups.Tuple.tuple("AAAA", Outcome.OUTSIDE));
    }

    @Test
    void aNameOfTheArmHasNoAddressOfTheSixthVersion() throws Exception {
        byte[] answer = asked(question("orders", AAAA));
        assertThat(code(answer)).isZero();
        assertThat(records(answer)).isZero();
    }

    @Test
    void theSameQuestionIsToldOnceUntilNamesChange() throws Exception {
        for (int i = 0; i < 3; i++) {
            asked(question("orders", A));
        }
        assertThat(sightings).hasSize(1);
        server.use(NameBook.EMPTY);
        assertThat(code(asked(question("orders", A)))).isEqualTo(NXDOMAIN);
        assertThat(sightings).hasSize(2);
    }

    @Test
    void questionsComeOverTcpToo() throws Exception {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            socket.connect(at);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < 3; i++) {
                byte[] question = question("orders", A);
                ByteBuffer framed = ByteBuffer.allocate(2 + question.length);
                socket.getOutputStream()
                        .write(framed.putShort((short) question.length)
                                .put(question)
                                .array());
                byte[] answer = new byte[in.readUnsignedShort()];
                in.readFully(answer);
                assertThat(address(answer)).isEqualTo("10.1.0.1");
            }
        }
    }

    @Test
    void aNameThatPointsIntoItselfIsMalformed() throws Exception {
        byte[] pointer = question("orders", A);
        pointer[12] = (byte) 0xc0;
        pointer[13] = 12;
        assertThat(code(asked(pointer))).isEqualTo(DnsQuestion.MALFORMED);
        byte[] endless = question("orders", A);
        endless[12] = 63;
        assertThat(code(asked(endless))).isEqualTo(DnsQuestion.MALFORMED);
        String label = "a".repeat(63);
        String tooLong = String.join(".", List.of(label, label, label, label));
        assertThat(code(asked(question(tooLong, A)))).isEqualTo(DnsQuestion.MALFORMED);
        assertThat(sightings).isEmpty();
    }

    @Test
    void whatIsNoQuestionIsNotAnswered() throws Exception {
        byte[] answer = question("orders", A);
        answer[2] = (byte) 0x80;
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> {
                    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
                        socket.setSoTimeout(100);
                        socket.send(new DatagramPacket(answer, answer.length, at));
                        socket.receive(new DatagramPacket(new byte[512], 512));
                    }
                }))
                .isInstanceOf(SocketTimeoutException.class);
        byte[] status = question("orders", A);
        status[2] = 0x10;
        assertThat(code(asked(status))).isEqualTo(DnsQuestion.NOT_IMPLEMENTED);
        byte[] chaos = question("orders", A);
        chaos[chaos.length - 1] = 3;
        assertThat(code(asked(chaos))).isEqualTo(DnsQuestion.REFUSED);
    }

    @Test
    void garbageIsSurvived() throws Exception {
        Random random = new Random(5);
        Resolver resolver = new Resolver(() -> 0, sightings::add);
        InetAddress caller = InetAddress.getByName("127.0.0.1");
        byte[] sound = question("orders.example.com", A);
        for (int i = 0; i < 100_000; i++) {
            byte[] garbage = Arrays.copyOf(sound, random.nextInt(60));
            for (int flips = random.nextInt(6); flips > 0 && garbage.length > 0; flips--) {
                garbage[random.nextInt(garbage.length)] = (byte) random.nextInt(256);
            }
            resolver.answer(caller, garbage)
                    .ifPresent(answer -> assertThat(answer).hasSizeBetween(12, 512));
        }
        assertThat(sightings).as("bounded").hasSizeLessThanOrEqualTo(10_000);
        assertThat(address(asked(question("orders", A)))).isEqualTo("10.1.0.1");
    }
}
