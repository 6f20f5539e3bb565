package dev.understudy.runtime;

/// The environment's fault: something the tool needs isn't there or doesn't work. The message names the
/// thing, its
/// value and what was tried. One of the two exceptions that cross modules.
public final class EnvironmentException extends RuntimeException {
    public EnvironmentException(String message) {
        super(message);
    }

    public EnvironmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
