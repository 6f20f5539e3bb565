package dev.understudy.journal;

/// A record that can't be written or read: the message names the file, the place in it and what is wrong.
public final class JournalException extends RuntimeException {
    JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
