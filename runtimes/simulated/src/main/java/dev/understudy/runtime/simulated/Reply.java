package dev.understudy.runtime.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What a simulated service replies: a status, headers, a body. Immutable.
public record Reply(int status, List<Request.Header> headers, String body) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public Reply {
        headers = List.copyOf(headers);
    }

    /// Only a status.
    public static Reply of(int status) {
        return new Reply(status, List.of(), "");
    }

    /// A JSON object, its fields in the order of the map.
    public static Reply json(int status, Map<String, ?> fields) {
        return new Reply(
                status,
                List.of(new Request.Header("Content-Type", "application/json")),
                JSON.writeValueAsString(fields));
    }

    /// What another service answered, passed on; 502 if it didn't answer, 504 if it took too long.
    public static Reply passOn(Answer answer) {
        return switch (answer) {
            case Answer.Answered answered ->
                new Reply(answered.status(), answered.headers(), new String(answered.body(), UTF_8));
            case Answer.Unanswered unanswered -> Reply.of(unanswered.why() == Answer.Why.TIMED_OUT ? 504 : 502);
        };
    }

    /// This reply with one more header.
    public Reply with(String header, String value) {
        List<Request.Header> more = new ArrayList<>(headers);
        more.add(new Request.Header(header, value));
        return new Reply(status, more, body);
    }

    Answer.Answered toAnswer() {
        return new Answer.Answered(status, headers, body.getBytes(UTF_8));
    }
}
