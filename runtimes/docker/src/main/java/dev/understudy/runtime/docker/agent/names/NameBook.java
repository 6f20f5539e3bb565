package dev.understudy.runtime.docker.agent.names;

import dev.understudy.runtime.docker.agent.names.Sighting.Outcome;
import java.net.Inet4Address;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What names mean, and to whom. Immutable; names are compared without case and without a dot at the end. A
/// caller goes by its address; [#ANYBODY] stands for those that don't declare a name which the arm has.
///
/// @param callers for each caller the names of what it declares
/// @param allowed names of the outside world that something stands in for, for everybody
public record NameBook(Map<String, Map<String, Inet4Address>> callers, Map<String, Inet4Address> allowed) {
    /// Stands for every caller.
    public static final String ANYBODY = "*";

    /// Nothing has a name.
    public static final NameBook EMPTY = new NameBook(Map.of(), Map.of());

    public NameBook {
        Map<String, Map<String, Inet4Address>> plain = new HashMap<>();
        callers.forEach((caller, names) -> plain.put(caller, plain(names)));
        callers = Map.copyOf(plain);
        allowed = plain(allowed);
    }

    /// What a name is to a caller, and the address it gets, if any.
    record Meaning(Outcome outcome, Optional<Inet4Address> address) {}

    Meaning meaning(String caller, String asked) {
        String name = plain(asked);
        Inet4Address declared = callers.getOrDefault(caller, Map.of()).get(name);
        if (declared != null) {
            return new Meaning(Outcome.KNOWN, Optional.of(declared));
        }
        Inet4Address undeclared = callers.getOrDefault(ANYBODY, Map.of()).get(name);
        if (undeclared != null) {
            return new Meaning(Outcome.UNDECLARED, Optional.of(undeclared));
        }
        Optional<Inet4Address> standIn = Optional.ofNullable(allowed.get(name));
        return new Meaning(standIn.isPresent() ? Outcome.ALLOWED : Outcome.OUTSIDE, standIn);
    }

    static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Map<String, Inet4Address> plain(Map<String, Inet4Address> names) {
        Map<String, Inet4Address> plain = new HashMap<>();
        names.forEach((name, address) -> plain.put(plain(name), address));
        return Map.copyOf(plain);
    }
}
