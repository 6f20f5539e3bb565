package dev.understudy.mirror.message;

import dev.understudy.runtime.Request.Header;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Questions to a list of header lines; names are compared without case.
public final class Headers {
    private Headers() {}

    /// The first value of `name`.
    public static Optional<String> first(List<Header> headers, String name) {
        return all(headers, name).findFirst();
    }

    /// Every value of `name`, in order.
    public static Stream<String> all(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value);
    }

    /// The lines without any of `names`.
    public static List<Header> without(List<Header> headers, String... names) {
        return headers.stream()
                .filter(header -> Stream.of(names).noneMatch(header.name()::equalsIgnoreCase))
                .toList();
    }

    /// The lines with `Content-Length`, if there is one, set to `length`.
    public static List<Header> resized(List<Header> headers, int length) {
        return headers.stream()
                .map(header -> header.name().equalsIgnoreCase("content-length")
                        ? new Header(header.name(), Integer.toString(length))
                        : header)
                .toList();
    }
}
