package dev.understudy.scenario;

/// One directed dependency: `from` calls `to`. Written `from->to`.
public record Link(String from, String to) implements Comparable<Link> {

    /// The name under which requests from outside enter: the pretended caller of the entry service.
    public static final String OUTSIDE = "users";

    /// The link through which outside requests reach `service`.
    public static Link entering(String service) {
        return new Link(OUTSIDE, service);
    }

    @Override
    public String toString() {
        return from + "->" + to;
    }

    @Override
    public int compareTo(Link other) {
        return toString().compareTo(other.toString());
    }
}
