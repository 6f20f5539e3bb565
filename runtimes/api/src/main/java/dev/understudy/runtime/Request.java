package dev.understudy.runtime;

import java.util.List;

/// An HTTP request to a service. Header names as received; the body may be empty.
public record Request(String service, String method, String target, List<Header> headers, byte[] body) {
    /// One header line.
    public record Header(String name, String value) {}

    public Request {
        headers = List.copyOf(headers);
    }

    /// A GET without headers.
    public static Request get(String service, String target) {
        return new Request(service, "GET", target, List.of(), new byte[0]);
    }

    /// Whether the method promises not to change anything.
    public boolean isSafe() {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }
}
