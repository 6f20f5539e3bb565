package dev.understudy.mirror.tap;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A copy of a body as it streams by, as far as limits allow. Confined to one event loop; the budget is shared.
final class BodyCopy {
    /// Why a body was not copied.
    static final String TOO_LARGE = "body-too-large";

    static final String NO_ROOM = "no-room-for-bodies";

    private final int limit;
    private final AtomicLong budget;
    private Buffer copy = Buffer.buffer();
    private Optional<String> gaveUp = Optional.empty();

    /// Copies up to `limit` bytes and takes them from `budget` until [#release].
    BodyCopy(int limit, AtomicLong budget) {
        this.limit = limit;
        this.budget = budget;
    }

    void take(Buffer part) {
        if (gaveUp.isPresent()) {
            return;
        }
        if (copy.length() + part.length() > limit) {
            giveUp(TOO_LARGE);
        } else if (budget.addAndGet(-part.length()) < 0) {
            budget.addAndGet(part.length());
            giveUp(NO_ROOM);
        } else {
            copy.appendBuffer(part);
        }
    }

    private void giveUp(String why) {
        gaveUp = Optional.of(why);
        release();
    }

    /// Why there is no copy; empty if there is.
    Optional<String> gaveUp() {
        return gaveUp;
    }

    byte[] bytes() {
        return copy.getBytes();
    }

    /// Gives back what was taken from the budget.
    void release() {
        budget.addAndGet(copy.length());
        copy = Buffer.buffer();
    }
}
