package dev.understudy.mirror;

import dev.understudy.mirror.message.Target;
import dev.understudy.runtime.Request;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Routes: requests that differ only in identifiers are the same route, for coverage and fidelity.
public final class Routes {
    private Routes() {}

    /// `METHOD service/path` with every identifier in the path replaced by `{}`; the query doesn't count.
    public static String of(Request request) {
        String path = Arrays.stream(Target.of(request.target()).path().split("/", -1))
                .map(segment -> Identifiers.isSegment(segment) ? "{}" : segment)
                .collect(Collectors.joining("/"));
        return request.method() + " " + request.service() + (path.isEmpty() ? "/" : path);
    }
}
