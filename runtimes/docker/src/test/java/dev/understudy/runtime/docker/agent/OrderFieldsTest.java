package dev.understudy.runtime.docker.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.understudy.runtime.LinkHandle.Disturbance;
import dev.understudy.runtime.LinkHandle.Requests;
import dev.understudy.runtime.docker.agent.names.NameBook;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service.Protocol;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderFieldsTest {
    private static final Requests SOME = new Requests("GET", "/a", 0.25);

    private static List<Order> orders() throws IOException {
        Inet4Address ipv4 = (Inet4Address) InetAddress.getByName("10.1.2.3");
        InetSocketAddress here = new InetSocketAddress(ipv4, 65_535);
        InetSocketAddress there = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 1);
        Link link = new Link("a", "b");
        return List.of(
                new Order.Ping(),
                new Order.Sound(),
                new Order.Range(ipv4, 23),
                new Order.Open(
                        1,
                        new LinkOrder(link, Protocol.HTTP, ipv4, 80, Map.of(80, List.of(here), 81, List.of()), true)),
                new Order.Enter(2, WayOrder.direct(link, Protocol.TCP, there)),
                new Order.Disturb(3, "delay", new Disturbance.Delay(Duration.ofNanos(7))),
                new Order.Disturb(3, "refuse", new Disturbance.Refuse(true)),
                new Order.Disturb(3, "hold", new Disturbance.Hold(SOME, Duration.ofDays(1))),
                new Order.Disturb(3, "status", new Disturbance.Status(SOME, 503)),
                new Order.Calm(4, "delay"),
                new Order.Disturbances(5),
                new Order.Counts(6),
                new Order.Lead(7, 80, List.of(here, there)),
                new Order.Targets(8, 80),
                new Order.Patient(9, true),
                new Order.UnderWay(10, List.of(here)),
                new Order.Close(11),
                new Order.Accepts(here, Duration.ofSeconds(1)),
                new Order.ServeNames(List.of(here)),
                new Order.Names(new NameBook(Map.of("10.0.0.1", Map.of("b", ipv4)), Map.of("c.example", ipv4))));
    }

    private static byte[] bytes(Order order) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OrderFields.put(new DataOutputStream(bytes), order);
        return bytes.toByteArray();
    }

    private static Order order(byte[] bytes) throws IOException {
        return OrderFields.order(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void everyOrderIsReadAsItWasWritten() throws IOException {
        Set<Class<?>> written = new HashSet<>();
        for (Order order : orders()) {
            assertThat(order(bytes(order))).isEqualTo(order);
            written.add(order.getClass());
        }
        assertThat(written).containsExactlyInAnyOrder(Order.class.getPermittedSubclasses());
    }

    @Test
    void anOrderThatIsDamagedIsAnOrderOrAnError() throws IOException {
        Random random = new Random(3);
        for (Order order : orders()) {
            byte[] sound = bytes(order);
            for (int i = 0; i < 2_000; i++) {
                byte[] damaged = Arrays.copyOf(sound, random.nextInt(sound.length + 1));
                if (damaged.length > 0) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                Throwable thrown = catchThrowable(() -> order(damaged));
                if (thrown != null) {
                    assertThat(thrown)
                            .isInstanceOfAny(
                                    IOException.class, IllegalArgumentException.class, ArithmeticException.class);
                }
            }
        }
    }
}
