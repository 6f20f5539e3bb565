package dev.understudy.runtime.simulated;

/// What one version of a service does with a request. Called on a thread of the timeline for every request; it
/// may wait through [Call] as often as it likes and keeps nothing but what it puts into the call's memory.
@FunctionalInterface
public interface Behaviour {
    /// The reply. Any exception becomes a 500.
    Reply serve(Call call);
}
