package dev.understudy.links;

import dev.understudy.links.MessageFramer.Body;
import dev.understudy.links.MessageFramer.Declared;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Measures exchanges: from the first byte of a request to the last byte of its response; interim responses
/// (1xx) don't end one, pipelined ones are matched in order. After an upgrade, and when something comes that is
/// no HTTP/1.x, it only keeps turns for the [Gate].
final class HttpMeter implements Meter {
    private final Gate gate;
    private final HttpFaults faults;
    private final Ending ending;
    private final Runnable malformed;
    private final ArrayDeque<Exchange> open = new ArrayDeque<>();
    private final MessageFramer requests = new MessageFramer(new RequestSide());
    private final MessageFramer responses = new MessageFramer(new ResponseSide());
    private final TurnMeter afterwards;
    private long now;
    private long clientEndedAt;
    private boolean odd;

    /// @param malformed is told once if the connection carries something that is no HTTP/1.x
    HttpMeter(Gate gate, HttpFaults faults, Ending ending, Runnable malformed) {
        this.gate = gate;
        this.faults = faults;
        this.ending = ending;
        this.malformed = malformed;
        this.afterwards = new TurnMeter(gate, (_, _, _) -> {});
    }

    @Override
    public void fromClient(ByteBuffer bytes, int from, int to, long offset, long at) {
        now = at;
        if (requests.isRaw()) {
            afterwards.fromClient(bytes, from, to, offset, at);
        } else {
            requests.feed(bytes, from, to, offset);
        }
    }

    @Override
    public void fromServer(ByteBuffer bytes, int from, int to, long at) {
        now = at;
        afterwards.fromServer(bytes, from, to, at);
        responses.feed(bytes, from, to, 0);
    }

    @Override
    public void clientEnded(long at) {
        clientEndedAt = at;
        open.stream().filter(exchange -> !exchange.known).forEach(exchange -> exchange.turn.pass());
    }

    @Override
    public void clientGone() {
        failAll(clientEndedAt);
    }

    @Override
    public void serverEnded(long at) {
        now = at;
        responses.streamEnded();
        failAll(at);
    }

    @Override
    public int broken(long at) {
        return failAll(at);
    }

    @Override
    public boolean isUntouched(long passed) {
        if (requests.isRaw() || !responses.isBetween()) {
            return false;
        }
        Exchange first = open.peek();
        return first == null ? requests.isBetween() : first.turn.offset() >= passed;
    }

    @Override
    public int answering() {
        Exchange first = open.peek();
        return first == null ? 0 : first.answer;
    }

    @Override
    public void answered(long at) {
        Exchange first = open.poll();
        if (first != null) {
            first.turn.release(at);
            ending.ended(first.turn, at, first.answer);
        }
    }

    private int failAll(long at) {
        int failed = 0;
        for (Exchange exchange : open) {
            if (!exchange.told) {
                exchange.told = true;
                ending.ended(exchange.turn, at, 0);
                failed++;
            }
        }
        return failed;
    }

    private void end(int status) {
        Exchange ended = open.poll();
        if (ended != null && !ended.told) {
            ending.ended(ended.turn, now, status);
        }
        if (open.isEmpty() && requests.isRaw()) {
            responses.goRaw();
        }
    }

    private void goRaw() {
        requests.goRaw();
        responses.goRaw();
        open.clear();
    }

    /// One request that waits for its response; kept after its failure was told, so that the order stays right.
    private static final class Exchange {
        private final Turn turn;
        private boolean known;
        private int answer;
        private boolean head;
        private boolean connect;
        private boolean told;

        private Exchange(Turn turn) {
            this.turn = turn;
        }
    }

    private final class RequestSide implements MessageFramer.Side {
        @Override
        public void began(long offset) {
            boolean mayBeDisturbed = faults.areOn();
            Exchange exchange = new Exchange(mayBeDisturbed ? gate.keep(offset, now) : gate.enter(offset, now));
            exchange.known = !mayBeDisturbed;
            open.add(exchange);
        }

        @Override
        public boolean startLine(HeadLine line) {
            Exchange begun = open.getLast();
            begun.head = line.isCalled("HEAD");
            begun.connect = line.isCalled("CONNECT");
            boolean proper = line.isRequestLine();
            if (!begun.known) {
                decide(begun, proper ? faults.next(line.method(), line.target()) : HttpFaults.Fate.NONE);
            }
            return proper;
        }

        private void decide(Exchange exchange, HttpFaults.Fate fate) {
            exchange.known = true;
            exchange.answer = fate.status();
            if (fate.status() == 0) {
                exchange.turn.pass(() -> faults.held(fate.holds()));
            }
        }

        @Override
        public Body body(Declared declared) {
            if (declared.chunked()) {
                return Body.CHUNKED;
            }
            return declared.length() >= 0 ? Body.FIXED : Body.NONE;
        }

        @Override
        public void ended() {
            // a request ends nothing: the exchange goes on until its response does
        }

        @Override
        public void malformed(boolean begun) {
            open.stream().filter(exchange -> !exchange.known).forEach(exchange -> exchange.turn.pass());
            if (!begun) {
                afterwards.goOn(open.removeLast().turn);
            }
            if (open.isEmpty()) {
                responses.goRaw();
            }
            countMalformed();
        }
    }

    private void countMalformed() {
        if (!odd) {
            odd = true;
            malformed.run();
        }
    }

    private final class ResponseSide implements MessageFramer.Side {
        private int status;

        @Override
        public void began(long offset) {
            // the exchange began with its request
        }

        @Override
        public boolean startLine(HeadLine line) {
            status = line.status();
            return status >= 0;
        }

        @Override
        public Body body(Declared declared) {
            @Nullable Exchange answered = open.peek();
            boolean bodiless = status < 200 || status == 204 || status == 304;
            boolean tunnel = answered != null && answered.connect && status / 100 == 2;
            if (status == 101 || tunnel) {
                return Body.RAW;
            }
            if (bodiless || (answered != null && answered.head)) {
                return Body.NONE;
            }
            if (declared.chunked()) {
                return Body.CHUNKED;
            }
            return declared.length() < 0 || declared.otherCoding() ? Body.UNTIL_CLOSE : Body.FIXED;
        }

        @Override
        public void ended() {
            if (responses.isRaw()) {
                end(status);
                goRaw();
            } else if (status >= 200) {
                end(status);
            }
        }

        @Override
        public void malformed(boolean begun) {
            failAll(now);
            goRaw();
            countMalformed();
        }
    }
}
