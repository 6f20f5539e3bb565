package dev.understudy.scenario;

/// A host and a TCP port, written `host:port`.
public record Endpoint(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
