package dev.understudy.runtime.docker.engine;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a test's container runs: says what it finds around it.
public final class Surroundings {
    private Surroundings() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("user " + System.getProperty("user.name"));
        System.out.println("name "
                + Stream.of(InetAddress.getAllByName(arguments[0]))
                        .filter(Inet4Address.class::isInstance)
                        .map(InetAddress::getHostAddress)
                        .findFirst()
                        .orElse("none"));
        try {
            System.out.println("known " + InetAddress.getByName("none.invalid"));
        } catch (UnknownHostException e) {
            System.out.println("unknown none.invalid");
        }
        Path file = Files.writeString(Files.createTempFile("a", "ü"), "ü");
        System.out.println("written " + Files.readString(file));
        System.out.println("pid " + ProcessHandle.current().pid());
        Selector.open().close();
    }
}
