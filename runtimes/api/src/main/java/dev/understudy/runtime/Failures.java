package dev.understudy.runtime;

/// Carries a failure from one thread to another without wrapping what needs no wrapping.
public final class Failures {
    private Failures() {}

    /// `failure` itself if it is unchecked (errors are thrown at once), else wrapped.
    public static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }
}
