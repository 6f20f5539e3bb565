package dev.understudy.shop.service;

import java.net.InetSocketAddress;
import java.util.Map;

/// What a service is told through environment variables. Immutable.
///
/// @param variables the environment, by name
public record Settings(Map<String, String> variables) {
    public Settings {
        variables = Map.copyOf(variables);
    }

    /// The environment of this process.
    public static Settings ofProcess() {
        return new Settings(System.getenv());
    }

    /// The value of a variable that has to be there. @throws IllegalArgumentException if it is missing
    public String text(String name) {
        String value = variables.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set");
        }
        return value;
    }

    /// The port to listen on, from `PORT`, 0 to 65535. @throws IllegalArgumentException if it is no such number
    public int port() {
        return (int) number("PORT", text("PORT"), 65_535);
    }

    /// Where to listen: [#port] of `HOST`, of this machine alone without it; in a container that is `0.0.0.0`.
    /// @throws IllegalArgumentException if there is no such host
    public InetSocketAddress listen() {
        InetSocketAddress at = new InetSocketAddress(variables.getOrDefault("HOST", "127.0.0.1"), port());
        if (at.isUnresolved()) {
            throw new IllegalArgumentException("HOST is '" + at.getHostString() + "', which nobody knows");
        }
        return at;
    }

    /// A number that may be left out. @throws IllegalArgumentException if it is not between 0 and `atMost`
    public double number(String name, double byDefault, double atMost) {
        return number(name, variables.getOrDefault(name, Double.toString(byDefault)), atMost);
    }

    private static double number(String name, String value, double atMost) {
        double parsed;
        try {
            parsed = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + value + "', not a number", e);
        }
        if (!(parsed >= 0 && parsed <= atMost)) {
            throw new IllegalArgumentException(name + " is " + value + ", not between 0 and " + atMost);
        }
        return parsed;
    }
}
