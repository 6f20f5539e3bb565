package dev.understudy.runtime.simulated;

/// A way in which a simulated runtime deceives the engine, in the candidate only and only once something was
/// changed there: each must turn a GO into something else.
public enum Lie {
    /// Going back to the release that live runs is reported as done, but the new one goes on running.
    REVERT_WITHOUT_EFFECT,
    /// Every fifth row that is written is acknowledged and not kept.
    WRITE_DROPPED,
    /// An undo script is reported as done, but changes nothing.
    UNDO_SKIPPED,
    /// A script or program that fails is reported as done.
    FAILURE_AS_SUCCESS,
    /// A process stays behind that belongs to no instance.
    PROCESS_LEFT_BEHIND,
    /// One probe gets out of the candidate (from the start, before anything is changed).
    ROUTE_LEFT_OPEN,
    /// Something of the shadow can't be removed.
    NOT_REMOVED
}
