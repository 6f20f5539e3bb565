package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Request;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a user of a simulated live does next. One visitor serves all sessions; what differs between them is in
/// the [Visit].
@FunctionalInterface
public interface Visitor {
    /// The next request, without cookies: these are added from what live set.
    Request next(Visit visit);

    /// One session so far: its source of chance, how many requests it has made, and the values of `id` that
    /// live acknowledged to it.
    record Visit(RandomGenerator chance, int requests, List<String> created) {}
}
