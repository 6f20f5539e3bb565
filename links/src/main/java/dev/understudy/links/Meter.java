package dev.understudy.links;

import java.nio.ByteBuffer;

/// Watches the bytes of one connection go by and says when turns begin and end. It never changes or withholds a
/// byte, so what it doesn't understand still passes. Only for the loop's thread.
interface Meter {

    /// Bytes `from` to `to` came from the caller, the first at `offset` of its stream.
    void fromClient(ByteBuffer bytes, int from, int to, long offset, long now);

    /// Bytes `from` to `to` came from the target.
    void fromServer(ByteBuffer bytes, int from, int to, long now);

    /// The caller will send no more: it has either gone, or waits for the rest of the answer.
    void clientEnded(long now);

    /// Some time has passed since [#clientEnded]: who is still unanswered has gone.
    void clientGone();

    /// The target will send no more.
    void serverEnded(long now);

    /// The connection was cut: everything unanswered has failed. Returns how many that were.
    int broken(long now);

    /// The status with which the link itself has to answer what is unanswered first; 0 if that is for the target.
    default int answering() {
        return 0;
    }

    /// The link answered that itself.
    default void answered(long now) {}

    /// Whether the target has not seen a byte of anything unanswered, if `passed` bytes were passed on to it.
    boolean isUntouched(long passed);

    /// Who is told of a turn that has ended; `status` as in [dev.understudy.runtime.LinkSample].
    interface Ending {
        void ended(Turn turn, long now, int status);
    }
}
