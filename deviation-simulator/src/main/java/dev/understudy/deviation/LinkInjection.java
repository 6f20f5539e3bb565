package dev.understudy.deviation;

import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.LinkHandle;
import dev.understudy.runtime.LinkHandle.Disturbance;

/// What every injection does that disturbs one link under the id of its deviation; a kind adds what the disturbance
/// is, and what came of it.
interface LinkInjection extends Injection {
    Inject context();

    LinkHandle handle();

    /// What the link is told to do.
    Disturbance disturbance();

    private String id() {
        return context().spec().id();
    }

    @Override
    default String undoing() {
        return "take '" + id() + "' off " + handle().link();
    }

    /// @throws EnvironmentException if the link shows nothing of it afterwards
    @Override
    default void begin() {
        handle().disturb(id(), disturbance());
        if (isGone()) {
            throw new EnvironmentException(context().arm().name() + ": link " + handle().link() + " shows nothing of '"
                    + id() + "' after it was told: " + requested());
        }
    }

    @Override
    default void undo() {
        handle().calm(id());
    }

    @Override
    default boolean isGone() {
        return !handle().disturbances().containsKey(id());
    }
}
