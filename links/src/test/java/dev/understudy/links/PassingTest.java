package dev.understudy.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Service.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What goes in comes out, undisturbed, on real sockets.
class PassingTest {
    private final Bench bench = new Bench();

    @AfterEach
    void endLinks() {
        bench.close();
    }

    @Test
    void exchangesAreMeasuredOnOneKeptConnection() throws Exception {
        try (Target target = Target.http("t");
                Socket caller = Bench.connect(bench.link(Protocol.HTTP, target))) {
            for (int i = 0; i < 3; i++) {
                assertThat(Bench.get(caller)).endsWith("t 0");
                LinkSample sample = bench.sample();
                assertThat(sample.status()).isEqualTo(200);
                assertThat(sample.endNanos()).isGreaterThanOrEqualTo(sample.startNanos());
                assertThat(sample.addedNanos()).isZero();
            }
            assertThat(target.accepted()).isEqualTo(1);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredAndMeasuredInOrder() throws Exception {
        try (Target target = Target.http("t");
                Socket caller = Bench.connect(bench.link(Protocol.HTTP, target))) {
            Bench.send(
                    caller,
                    "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
            assertThat(Bench.answer(caller)).endsWith("t 3");
            assertThat(Bench.answer(caller)).endsWith("t 0");
            assertThat(Bench.answer(caller)).endsWith("t 0");
            long before = 0;
            for (int i = 0; i < 3; i++) {
                LinkSample sample = bench.sample();
                assertThat(sample.endNanos()).isGreaterThanOrEqualTo(before);
                before = sample.endNanos();
            }
        }
    }

    @Test
    void aPatientLinkKeepsItsCallerUntilTheTargetListens() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            link.setPatient(true);
            target.stop();
            try (Socket caller = Bench.connect(link)) {
                Bench.send(caller, "GET / HTTP/1.1\r\nHost: b\r\n\r\n");
                Bench.until(() -> link.counts().open() == 1);
                target.startAgain();
                assertThat(Bench.answer(caller)).endsWith("t 0");
                assertThat(bench.sample().status()).isEqualTo(200);
                assertThat(link.counts().refused()).isZero();
            }
        }
    }

    @Test
    void whoWaitsAtALinkIsRefusedWhenItsPatienceEnds() throws Exception {
        try (Target target = Target.http("t")) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            link.setPatient(true);
            target.stop();
            try (Socket caller = Bench.connect(link)) {
                Bench.until(() -> link.counts().open() == 1);
                link.setPatient(false);
                Bench.until(() -> link.counts().refused() == 1);
                assertThatThrownBy(() -> Bench.get(caller)).isInstanceOf(IOException.class);
                assertThat(bench.sample().status()).isZero();
            }
        }
    }

    @Test
    void targetsAreTakenInTurn() throws Exception {
        try (Target one = Target.http("one");
                Target two = Target.http("two")) {
            LinkProxy link = bench.link(Protocol.HTTP, one, two);
            for (int i = 0; i < 4; i++) {
                try (Socket caller = Bench.connect(link)) {
                    Bench.get(caller);
                }
            }
            assertThat(one.accepted()).isEqualTo(2);
            assertThat(two.accepted()).isEqualTo(2);
        }
    }

    @Test
    void largeBodiesPassUnchangedInBothDirections() throws Exception {
        byte[] large = new byte[20 * 1024 * 1024 + 7];
        new Random(1).nextBytes(large);
        try (Target target = Target.echo()) {
            LinkProxy link = bench.link(Protocol.TCP, target);
            try (Socket caller = Bench.connect(link)) {
                CompletableFuture<byte[]> echoed = reading(caller, large.length);
                caller.getOutputStream().write(large);
                assertThat(Arrays.equals(echoed.join(), large)).isTrue();
            }
            assertThat(link.counts().bytesToServer()).isEqualTo(large.length);
            assertThat(link.counts().bytesToClient()).isEqualTo(large.length);
        }
    }

    @Test
    void callerThatEndedItsSideStillGetsTheAnswer() throws Exception {
        Target.Talk count = peer -> {
            int length = peer.getInputStream().readAllBytes().length;
            peer.getOutputStream().write(("got " + length).getBytes(StandardCharsets.US_ASCII));
        };
        try (Target target = new Target(count)) {
            LinkProxy link = bench.link(Protocol.TCP, target);
            try (Socket caller = Bench.connect(link)) {
                Bench.send(caller, "x".repeat(100_000));
                caller.shutdownOutput();
                assertThat(new String(caller.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("got 100000");
            }
            Bench.until(() -> link.counts().open() == 0);
            assertThat(bench.sample().status()).isEqualTo(1);
        }
    }

    @Test
    void targetThatDoesNotReadStopsTheCaller() throws Exception {
        CountDownLatch mayRead = new CountDownLatch(1);
        AtomicReference<Long> read = new AtomicReference<>();
        Target.Talk slow = peer -> {
            await(mayRead);
            read.set(peer.getInputStream().transferTo(OutputStream.nullOutputStream()));
        };
        try (Target target = new Target(slow)) {
            LinkProxy link = bench.link(Protocol.TCP, target);
            try (SocketChannel caller = SocketChannel.open(link.address())) {
                caller.configureBlocking(false);
                long sent = writeUntilStuck(caller, link);
                LinkCounts stuck = link.counts();

                // Then at most what the sockets and one lane hold is on its way
                assertThat(stuck.bytesToServer()).isLessThan(sent);
                mayRead.countDown();
                caller.configureBlocking(true);
                caller.shutdownOutput();
                Bench.until(() -> read.get() != null);
                assertThat(read.get()).isEqualTo(sent);
            }
        }
    }

    private static long writeUntilStuck(SocketChannel caller, LinkProxy link) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        long sent = 0;
        long passed = -1;
        // Given that neither the caller nor the link gets rid of a byte any more
        for (int quiet = 0; quiet < 50; ) {
            int count = caller.write(bytes.clear());
            sent += count;
            long now = link.counts().bytesToServer();
            quiet = count == 0 && now == passed ? quiet + 1 : 0;
            passed = now;
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            assertThat(sent).isLessThan(1L << 30);
        }
        return sent;
    }

    @Test
    void somethingElseOnAnHttpLinkPassesAndIsCounted() throws Exception {
        try (Target target = Target.echo()) {
            LinkProxy link = bench.link(Protocol.HTTP, target);
            try (Socket caller = Bench.connect(link)) {
                Bench.send(caller, "\26\3\1 hello\n\n");
                assertThat(Bench.receive(caller, 11)).isEqualTo("\26\3\1 hello\n\n");
                assertThat(link.counts().malformed()).isEqualTo(1);
                assertThat(bench.samples).isEmpty();
            }
        }
    }

    @Test
    void answerThatBreaksOffIsAFailure() throws Exception {
        Target.Talk half = peer -> {
            peer.getInputStream().read(new byte[1024]);
            peer.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
        };
        try (Target target = new Target(half);
                Socket caller = Bench.connect(bench.link(Protocol.HTTP, target))) {
            Bench.send(caller, "GET / HTTP/1.1\r\n\r\n");
            caller.getInputStream().readAllBytes();
            assertThat(bench.sample().status()).isZero();
        }
    }

    @Test
    void callerThatGaveUpWaitingIsAFailure() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Target target = new Target(_ -> await(over))) {
            Socket caller = Bench.connect(bench.link(Protocol.HTTP, target));
            Bench.send(caller, "GET / HTTP/1.1\r\n\r\n");
            caller.close();
            assertThat(bench.sample().status()).isZero();
            over.countDown();
        }
    }

    @Test
    void whatHappensBeforeTheLoopHappensOnItsThread() {
        AtomicReference<Thread> before = new AtomicReference<>();
        try (LinkLoop loop = LinkLoop.start("named", () -> before.set(Thread.currentThread()), System::nanoTime)) {
            assertThat(before.get().getName()).isEqualTo("named");
            assertThat(loop.ask(Thread::currentThread)).isSameAs(before.get());
        }
    }

    @Test
    void failureBeforeTheLoopIsThrownToTheStarter() {
        assertThatThrownBy(() -> LinkLoop.start(
                        "named",
                        () -> {
                            throw new EnvironmentException("no such namespace");
                        },
                        System::nanoTime))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage("no such namespace");
    }

    @Test
    void takenPortIsNamed() throws Exception {
        try (Target target = Target.echo()) {
            LinkSpec taken = bench.spec(Protocol.TCP, target);
            InetSocketAddress port = target.address();
            assertThatThrownBy(() -> bench.loop.listen(new LinkSpec(
                            taken.link(), taken.arm(), taken.protocol(), port, taken.targets(), taken.samples())))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("a->b")
                    .hasMessageContaining(String.valueOf(port.getPort()));
        }
    }

    private static CompletableFuture<byte[]> reading(Socket socket, int length) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                InputStream in = socket.getInputStream();
                result.complete(in.readNBytes(length));
            } catch (IOException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
