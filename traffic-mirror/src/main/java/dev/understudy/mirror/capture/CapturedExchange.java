package dev.understudy.mirror.capture;

import dev.understudy.runtime.Request.Header;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One line of a recording.
///
/// @param line where it stands, from 1
/// @param offsetNanos when the request began, from the start of the recording
/// @param session what the line itself says about its session
/// @param latencyNanos how long the answer took; 0 if the line doesn't say
record CapturedExchange(
        int line,
        long offsetNanos,
        String method,
        String path,
        List<Header> headers,
        byte[] body,
        Optional<String> session,
        OptionalInt status,
        List<Header> answerHeaders,
        byte[] answerBody,
        long latencyNanos) {}
