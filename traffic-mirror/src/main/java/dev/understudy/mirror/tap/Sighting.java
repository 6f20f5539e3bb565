package dev.understudy.mirror.tap;

import dev.understudy.runtime.Request;
import dev.understudy.runtime.Request.Header;
import java.util.List;
import java.util.Optional;

/// One exchange as the proxy saw it, when it is over.
///
/// @param connection which client connection it came on
/// @param spoiled why it can't be mirrored, if so; then bodies are empty
record Sighting(
        long began,
        long tookNanos,
        String connection,
        Request request,
        int status,
        List<Header> answerHeaders,
        byte[] answerBody,
        Optional<String> spoiled) {

    /// A generous estimate of what it takes up, in bytes.
    long size() {
        long headers = 0;
        for (Header header : request.headers()) {
            headers += header.name().length() + header.value().length() + 64L;
        }
        for (Header header : answerHeaders) {
            headers += header.name().length() + header.value().length() + 64L;
        }
        return 512 + headers + request.target().length() + request.body().length + answerBody.length;
    }
}
